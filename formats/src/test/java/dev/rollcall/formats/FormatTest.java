package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    private static final Evaluation ADA = Evaluation.of(Scope.record(ada()));

    private static UserRecord ada() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("first_name", "Ada");
        columns.put("last_name", "Lovelace");
        columns.put("middle_name", null);
        columns.put("title", "");
        columns.put("id", 42);
        columns.put("tags", Arrays.asList("a", "b"));
        columns.put("Employee Number", "7");
        return UserRecord.of(columns).with("photo", Value.unknown("details failed"));
    }

    private static Value evaluate(String format) {
        return Format.parse(format).evaluate(ADA);
    }

    @Nested
    class A_text {
        @Test
        void is_put_together_from_literals_and_macros() {
            assertThat(evaluate("${record.first_name | first(1) | lower}.${record.last_name}@x"))
                    .isEqualTo(Value.of("a.Lovelace@x"));
        }

        @Test
        void has_no_value_if_one_macro_has_none() {
            assertThat(evaluate("${record.first_name} ${record.nickname}")).isInstanceOf(Value.Absent.class);
            assertThat(evaluate("${record.first_name} ${record.middle_name}")).isInstanceOf(Value.Null.class);
            assertThat(evaluate("${record.nickname} ${record.photo}")).isInstanceOf(Value.Unknown.class);
        }

        @Test
        void only_minds_the_dollar_before_a_brace() {
            assertThat(evaluate("$5 {SSHA} ${record.id}$${record.id}")).isEqualTo(Value.of("$5 {SSHA} 42$42"));
            assertThat(evaluate("${'${'}x}")).isEqualTo(Value.of("${x}"));
        }

        @Test
        void that_is_one_macro_gives_the_value_as_it_is() {
            assertThat(evaluate("${record.tags}")).isEqualTo(Value.of(List.of(Value.of("a"), Value.of("b"))));
            assertThat(evaluate("${record.id}")).isEqualTo(new Value.Num("42"));
        }

        @Test
        void reads_a_column_with_blanks_in_its_name() {
            assertThat(evaluate("${record['Employee Number']}")).isEqualTo(Value.of("7"));
        }

        @Test
        void falls_back_where_a_column_is_missing_null_or_blank() {
            assertThat(evaluate("${record.nickname ?? record.first_name | upper}"))
                    .isEqualTo(Value.of("ADA"));
            assertThat(evaluate("${record.title ?? 'none'}")).isEqualTo(Value.of("none"));
            assertThat(evaluate("${record.photo ?? 'none'}")).isInstanceOf(Value.Unknown.class);
        }

        @Test
        void tells_whether_it_depends_on_more_than_its_names() {
            assertThat(Format.parse("${record.a | lower} ${record.b ?? 'x'}").isContextual())
                    .isFalse();
            assertThat(Format.parse("until ${record.end ?? today()}").isContextual())
                    .isTrue();
        }

        @Test
        void never_says_null() {
            assertThat(evaluate("${record.middle_name | upper}")).isInstanceOf(Value.Null.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "${record.a}",
                "${record.a | first(1) | lower}.${record.b}",
                "${record.a ?? record.b | lower}",
                "${join(' ', record.first_name, record.last_name)}",
                "${'it''s'} ${'${'}",
                "${if(record.a == 'x' and not record.b is present or record.c in ('a', 'b'), 1, 2)}",
                "${record['Employee Number']}",
                "${record.emails[0].value}",
            })
    void prints_itself_so_that_it_can_be_parsed_again(String source) {
        Format format = Format.parse(source);

        assertThat(Format.parse(format.toString())).isEqualTo(format);
        assertThat(Format.parse(format.toString()).toString()).isEqualTo(format.toString());
    }

    @Nested
    class A_mistake {
        @Test
        void is_told_with_its_position_and_a_caret() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Format.parse("${record.first_name | }"))
                    .satisfies(e -> assertThat(e.problems())
                            .singleElement()
                            .satisfies(problem -> assertThat(problem.message())
                                    .startsWith("1:23: expected a function name")
                                    .contains("\n    ${record.first_name | }\n" + " ".repeat(26) + "^")));
        }

        @Test
        void in_every_macro_is_told_at_once() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Format.parse("${record.a | lowr} ${record.b | padLeft} ${'x"))
                    .satisfies(e -> assertThat(e.problems()).hasSize(3));
        }

        @Test
        void in_a_functions_name_is_answered_with_the_nearest() {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Format.parse("${record.a | lowr}"))
                    .withMessageContaining("lower");
        }
    }
}
