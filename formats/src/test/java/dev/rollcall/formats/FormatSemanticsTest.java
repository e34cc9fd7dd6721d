package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FormatSemanticsTest {
    private static Evaluation person() {
        Map<String, Object> columns = new HashMap<>();
        columns.put("first_name", "Ada");
        columns.put("nothing", null);
        columns.put("lost", Value.unknown("page 2 failed"));
        columns.put("roles", List.of("dev", "admin"));
        columns.put("one", List.of("single"));
        return Evaluation.of(Scope.record(UserRecord.of(columns)));
    }

    private static Value value(String format) {
        return Format.parse(format).evaluate(person());
    }

    @Nested
    class nothing {
        @Test
        void stays_of_its_kind_through_functions() {
            assertThat(value("${record.nothing | lower | first(3)}")).isEqualTo(Value.ofNull());
            assertThat(value("${record.gone | lower}")).isEqualTo(Value.absent());
            assertThat(value("${join(' ', record.first_name, record.lost)}")).isInstanceOf(Value.Unknown.class);
        }

        @Test
        void that_could_not_be_read_does_not_fall_back() {
            assertThat(value("${record.lost ?? 'x'}")).isInstanceOf(Value.Unknown.class);
            assertThat(value("${record.lost | default('x')}")).isInstanceOf(Value.Unknown.class);
            assertThat(value("${coalesce(record.lost, 'x')}")).isInstanceOf(Value.Unknown.class);
            assertThat(value("${if(record.lost == 'a', 'x', 'y')}")).isInstanceOf(Value.Unknown.class);
        }

        @Test
        void is_an_answer_where_the_macro_says_so() {
            assertThat(value("[${record.gone ?? ''}]")).isEqualTo(Value.of("[]"));
            assertThat(value("[${record.gone | default('')}]")).isEqualTo(Value.of("[]"));
            assertThat(value("[${record.gone}]")).isEqualTo(Value.absent());
        }

        @Test
        void is_not_evaluated_where_it_is_not_taken() {
            assertThat(value("${if(record.first_name == 'Ada', 'yes', fail('no'))}"))
                    .isEqualTo(Value.of("yes"));
            assertThat(value("${coalesce(record.first_name, fail('no'))}")).isEqualTo(Value.of("Ada"));
        }
    }

    @Nested
    class many_values {
        @Test
        void are_refused_where_one_is_needed_and_told_where() {
            assertThat(value("<${record.one}>")).isEqualTo(Value.of("<single>"));
            assertThatThrownBy(() -> value("<${record.roles}>"))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("1:4: record.roles: expected a single value, found a list of 2");
            assertThatThrownBy(() -> value("${record.roles | lower}"))
                    .hasMessageContaining("1:18: lower: expected a single value, found a list of 2");
        }

        @Test
        void are_visited_as_it() {
            assertThat(value("${map(record.roles, it | upper) | joinWith(',')}"))
                    .isEqualTo(Value.of("DEV,ADMIN"));
            assertThat(value("${join(',', map(record.roles, it | upper))}")).isEqualTo(Value.of("DEV,ADMIN"));
            assertThat(Format.parse("${map(record.roles, it.a)}").names()).hasSize(1);
            assertThat(Format.parse("${it}").names()).hasSize(1);
        }
    }

    @Nested
    class what_is_sensitive {
        @Test
        void stays_so_through_functions_and_texts() {
            assertThat(value("Bearer ${redact(record.first_name) | lower}"))
                    .hasToString("[secret]")
                    .isInstanceOfSatisfying(
                            Value.Sensitive.class,
                            value -> assertThat(value.secret().reveal()).isEqualTo("Bearer ada"));
        }

        @Test
        void is_not_told_by_a_failure_or_a_trace() {
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> value("${redact(record.first_name) | toInteger}"))
                    .withMessageContaining("toInteger")
                    .withMessageNotContaining("Ada");
            List<TraceStep> steps = new ArrayList<>();
            Format.parse("${redact(record.first_name) | lower}").evaluate(person().trace(steps::add));
            assertThat(steps.toString()).contains("redact", "lower").doesNotContain("Ada", "ada");
        }

        @Test
        void source_shows_nothing_of_itself() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Format.parse(Secret.of("s3cret ${"), Functions.standard()))
                    .withMessageNotContaining("s3cret");
            assertThat(Format.parse(Secret.of("s3cret"), Functions.standard())).hasToString("[secret]");
        }
    }

    @Test
    void a_trace_tells_each_step_with_the_values_between() {
        List<TraceStep> steps = new ArrayList<>();
        Format.parse("${record.gone ?? record.first_name | first(1) | lower}").evaluate(person().trace(steps::add));
        assertThat(steps)
                .extracting(TraceStep::toString)
                .containsExactly(
                        "record.gone = absent",
                        "record.first_name = 'Ada'",
                        "??(absent, 'Ada') = 'Ada'",
                        "first('Ada', 1) = 'A'",
                        "lower('A') = 'a'");
        assertThat(steps.get(3).position()).isEqualTo("1:38");
    }

    @Test
    void random_values_follow_the_seed_and_the_place() {
        Format format = Format.parse("${randomNumber(8)}-${randomNumber(8)}");
        assertThat(format.evaluate(person().seed(1))).isEqualTo(format.evaluate(person().seed(1)));
        assertThat(format.evaluate(person().seed(1))).isNotEqualTo(format.evaluate(person().seed(2)));
        assertThat(format.evaluate(person()).text().orElseThrow().split("-", -1))
                .doesNotHaveDuplicates();
        assertThat(format.isConstant()).isFalse();
    }

    @Test
    void seeds_beside_each_other_share_no_digits() {
        Format format = Format.parse("${randomNumber(40)}");
        String one = format.evaluate(person().seed(1)).text().orElseThrow();
        String two = format.evaluate(person().seed(2)).text().orElseThrow();

        assertThat(two).doesNotContain(one.substring(10, 20));
        assertThat(one).doesNotContain(two.substring(10, 20));
    }

    @Test
    void a_function_draws_other_numbers_each_time_it_asks() {
        FormatFunction dice = FunctionDeclaration.named("dice")
                .documentation("Throws two dice.")
                .contextual()
                .as(arguments -> Value.of(List.of(
                        Value.of(arguments.random().nextLong()),
                        Value.of(arguments.random().nextLong()))));
        Value thrown =
                Format.parse("${dice()}", Functions.standard().with(dice)).evaluate(person());

        assertThat(((Value.Items) thrown).items()).doesNotHaveDuplicates();
    }

    @Test
    void formats_and_conditions_are_equal_if_they_are_written_alike() {
        Format format = Format.parse("a ${ lower( record.a ) }");
        assertThat(format)
                .isEqualTo(Format.parse("a ${lower(record.a)}"))
                .hasSameHashCodeAs(Format.parse("a ${lower(record.a)}"))
                .isNotEqualTo(Format.parse("a ${lower(record.b)}"))
                .isNotEqualTo(Format.parse(Secret.of("a ${lower(record.a)}"), Functions.standard()))
                .isNotEqualTo("a ${lower(record.a)}");
        assertThat(format.hashCode()).isNotEqualTo(Format.parse("b").hashCode());
        Condition condition = Condition.parse("record.a == \"x\"");
        assertThat(condition)
                .isEqualTo(Condition.parse("record.a=='x'"))
                .hasSameHashCodeAs(Condition.parse("record.a=='x'"))
                .isNotEqualTo(Condition.parse("record.a=='y'"))
                .isNotEqualTo("record.a == 'x'");
        assertThat(condition.hashCode())
                .isNotEqualTo(Condition.parse("record.a=='y'").hashCode());
    }

    @Test
    void a_condition_knows_the_names_on_all_sides() {
        assertThat(Condition.parse("record.a == record.b and record.c in (record.d) or not record.e is present")
                        .names())
                .extracting(Name::toString)
                .containsExactly("record.a", "record.b", "record.c", "record.d", "record.e");
    }

    @Nested
    class limits {
        @Test
        void are_what_may_just_be_reached() {
            assertThat(value("${padLeft('a', 1000000)}").text().orElseThrow()).hasSize(1_000_000);
            assertThat(value("${padLeft('a', 999999)}b").text().orElseThrow()).hasSize(1_000_000);
            assertThatThrownBy(() -> value("${padLeft('a', 1000000)}b${record.first_name}"))
                    .hasMessageContaining("longer than 1000000 characters");
        }

        @Test
        void hold_for_functions_of_ones_own() {
            FormatFunction endless = FunctionDeclaration.named("endless")
                    .documentation("Never ends.")
                    .contextual()
                    .as(arguments -> {
                        while (true) {
                            arguments.step();
                        }
                    });
            FormatFunction huge = FunctionDeclaration.named("huge")
                    .documentation("Gives too much.")
                    .contextual()
                    .as(arguments -> Value.of("x".repeat(1_000_001)));
            Functions functions = Functions.standard().with(endless).with(huge);
            assertThatThrownBy(() -> Format.parse("${endless()}", functions).evaluate(person()))
                    .hasMessageContaining("1:3: endless: more than 1000000 steps");
            assertThatThrownBy(() -> Format.parse("${huge()}", functions).evaluate(person()))
                    .hasMessageContaining("1:3: huge: the text would be longer");
        }

        @Test
        void stop_texts_that_grow_and_work_that_does_not_end() {
            String grow = " | replace('a', 'aaaaaaaaaa')".repeat(9);
            assertThatThrownBy(() -> value("${record.first_name | lower" + grow + "}"))
                    .hasMessageContaining("longer than 1000000 characters");
            String visit = "map(split(padLeft(record.first_name, 2000, ','), ','), ";
            assertThatThrownBy(() -> value("${" + visit + visit + "it | upper))}"))
                    .hasMessageContaining("steps");
        }

        @Test
        void stop_sources_that_are_too_long_or_too_deep() {
            assertThatThrownBy(() -> Format.parse("x".repeat(100_001))).hasMessageContaining("longer than");
            assertThatThrownBy(() -> Format.parse("${" + "(".repeat(100_000 - 10) + "}"))
                    .hasMessageContaining("inside each other");
            assertThatThrownBy(() -> Condition.parse("not ".repeat(20_000) + "true"))
                    .hasMessageContaining("inside each other");
        }
    }

    @Nested
    class functions_of_ones_own {
        private final FormatFunction shout = FunctionDeclaration.named("shout")
                .documentation("Shouts.")
                .parameter(Parameter.of("text", Parameter.Kind.TEXT))
                .as(arguments -> Value.of(arguments.text(0) + "!"));

        @Test
        void are_called_like_any_other() {
            Functions functions = Functions.standard().with(shout);
            assertThat(Format.parse("${record.first_name | shout}", functions).evaluate(person()))
                    .isEqualTo(Value.of("Ada!"));
        }

        @Test
        void do_not_take_the_place_of_another() {
            Functions functions = Functions.standard().with(shout);
            assertThatThrownBy(() -> functions.with(shout)).hasMessageContaining("two functions are called 'shout'");
        }

        @Test
        void fail_in_a_typed_way_whatever_they_throw() {
            FormatFunction broken = FunctionDeclaration.named("broken")
                    .documentation("Breaks.")
                    .contextual()
                    .as(arguments -> {
                        throw new IllegalStateException("inside");
                    });
            Format format = Format.parse("${broken()}", Functions.standard().with(broken));
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> format.evaluate(person()))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("function-failed"))
                    .withCauseInstanceOf(IllegalStateException.class);
        }

        @Test
        void are_found_on_the_class_path() {
            assertThat(Functions.discover(getClass().getClassLoader()).all())
                    .hasSameSizeAs(Functions.standard().all());
        }
    }

    @Test
    void a_separator_is_not_taken_for_the_list() {
        assertThatThrownBy(() -> Format.parse("${record.roles | join(', ')}"))
                .hasMessageContaining("1:18: join takes the separator first")
                .hasMessageContaining("joinWith");
    }

    @Test
    void a_table_must_be_known_when_a_format_is_loaded() {
        Functions functions = Functions.standard().withTables(Map.of("countries", Map.of("NZ", Value.of("64"))));
        assertThatThrownBy(() -> Format.parse("${lookup('countrie', record.a)}", functions))
                .hasMessageContaining("unknown table 'countrie'")
                .hasMessageContaining("did you mean 'countries'?");
    }
}
