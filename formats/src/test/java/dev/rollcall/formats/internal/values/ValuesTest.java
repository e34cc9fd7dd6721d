package dev.rollcall.formats.internal.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.TraceStep;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a value is read where a text, a number, a truth or a list is needed, and what a secret one becomes. */
class ValuesTest {
    private static final Value SECRET = Value.of(Secret.of("Ada"));
    private static final Map<String, Value> COLUMNS = Map.ofEntries(
            Map.entry("name", Value.of("Ada")),
            Map.entry("number", new Value.Num("12.50")),
            Map.entry("yes", Value.of(true)),
            Map.entry("blank", Value.of(" ")),
            Map.entry("null", Value.ofNull()),
            Map.entry("lost", Value.unknown("timeout")),
            Map.entry("none", Value.of(List.of())),
            Map.entry("one", Value.of(List.of(Value.of(List.of(Value.of("x")))))),
            Map.entry("two", Value.of(List.of(Value.of("x"), Value.of("y")))),
            Map.entry("object", Value.of(Map.of("id", Value.of(7)))),
            Map.entry("bytes", new Value.Bytes(new byte[] {1})),
            Map.entry("secret", SECRET),
            Map.entry("secrets", Value.of(List.of(Value.of("Bo"), SECRET))));

    private static final Evaluation ROW = Evaluation.of(name -> name.path().in(Value.of(COLUMNS)));

    private static Value value(String macro) {
        return Format.parse("${" + macro + "}").evaluate(ROW);
    }

    private static Problem failure(String macro) {
        FormatException e = catchThrowableOfType(FormatException.class, () -> value(macro));
        assertThat(e).as(macro + " fails").isNotNull();
        return e.problem();
    }

    @Nested
    class a_text {
        @ParameterizedTest
        @CsvSource({"number, 12.50", "yes, true", "one, x", "none, ''"})
        void is_made_of_a_number_a_truth_and_a_list_of_one(String column, String text) {
            assertThat(value("record." + column + " | append('')")).isEqualTo(Value.of(text));
        }

        @ParameterizedTest
        @CsvSource({
            "object, 'expected a text, found an object', 'name one of its fields, such as record.manager.id'",
            "bytes, 'expected a text, found bytes', make it a text with a function"
        })
        void is_not_made_of_what_is_none(String column, String message, String remedy) {
            Problem problem = failure("record." + column + " | lower");

            assertThat(problem.code()).isEqualTo("not-text");
            assertThat(problem.message()).endsWith("lower: " + message);
            assertThat(problem.remedy()).isEqualTo(remedy);
        }
    }

    @Nested
    class a_number {
        @ParameterizedTest
        @CsvSource({
            "'0', 0",
            "'9', 9",
            "' +7 ', 7",
            "'-7', -7",
            "'.5', 0.5",
            "'1e3', 1000",
            "'1e400', 1e400",
        })
        void is_read_from_a_text(String text, String number) {
            assertThat(Values.numberOrNull(text.strip())).isEqualByComparingTo(number);
        }

        @Test
        void has_at_most_400_characters_and_400_places() {
            assertThat(Values.numberOrNull("9".repeat(400))).isNotNull();
            assertThat(Values.numberOrNull("9".repeat(401))).isNull();
            assertThat(Values.numberOrNull("1e-400")).isNotNull();
            assertThat(Values.numberOrNull("1e401")).isNull();
            assertThat(Values.numberOrNull("1e-401")).isNull();
        }

        @ParameterizedTest
        @CsvSource({"''", "x", "' '", "e5", "1x", "-"})
        void is_no_other_text(String text) {
            assertThat(Values.numberOrNull(text)).isNull();
        }
    }

    @Nested
    class a_whole_number {
        @ParameterizedTest
        @CsvSource({
            "999999999, 999999999",
            "-99999999, -99999999",
            "2147483648, 2147483648",
            "99999999999999, 99999999999999",
            "2.0, 2",
            "1e2, 100",
            "-9223372036854775808, -9223372036854775808"
        })
        void is_read_from_any_way_to_write_it(String literal, long number) {
            assertThat(Values.integer(new Value.Num(literal))).isEqualTo(number);
            assertThat(Values.integer(Value.of(literal))).isEqualTo(number);
        }

        @ParameterizedTest
        @CsvSource({
            "12.5, expected a whole number",
            "9223372036854775808, expected a whole number of at most 64 bits",
            "1e300, expected a whole number of at most 64 bits"
        })
        void is_no_other_number(String literal, String message) {
            assertThat(catchThrowableOfType(FormatException.class, () -> Values.integer(new Value.Num(literal)))
                            .problem())
                    .extracting(Problem::code, Problem::message)
                    .containsExactly("not-an-integer", message);
        }
    }

    @Nested
    class a_truth {
        private String holds(String condition) {
            return Condition.parse(condition).evaluate(ROW).toString();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "record.yes, true",
                    "'TRUE', true",
                    "' yes ', true",
                    "1, true",
                    "'False', false",
                    "no, absent",
                    "'no', false",
                    "0, false",
                    "record.blank, ' '",
                    "record.none, []",
                    "record.null, null",
                    "record.lost, unknown (timeout)",
                    "not record.lost, unknown (timeout)",
                })
        void is_read_from_what_says_so(String condition, String truth) {
            assertThat(holds(condition)).isEqualTo(truth);
        }

        @ParameterizedTest
        @CsvSource({"name, another text", "number, another text", "object, an object", "bytes, bytes"})
        void is_not_read_from_anything_else(String column, String found) {
            Problem problem = catchThrowableOfType(FormatException.class, () -> holds("record." + column))
                    .problem();

            assertThat(problem.code()).isEqualTo("not-a-condition");
            assertThat(problem.message()).endsWith("expected true or false, found " + found);
        }

        @ParameterizedTest
        @CsvSource({
            "record.null == record.gone, absent",
            "record.gone == record.null, absent",
            "record.gone == record.lost, unknown (timeout)",
            "record.null == 'a' and record.gone == 'a', absent",
            "record.gone == 'a' and record.null == 'a', absent",
            "record.lost == 'a' and record.gone == 'a', unknown (timeout)",
            "record.null and record.blank, null",
            "record.blank and record.null, null",
        })
        void that_several_columns_lack_names_the_worst(String condition, String nothing) {
            assertThat(holds(condition)).isEqualTo(nothing);
        }
    }

    @Test
    void a_list_has_at_most_100000_items() {
        assertThat(Values.list(Collections.nCopies(100_000, Value.of("x")))).isNotNull();
        assertThat(catchThrowableOfType(
                                FormatException.class, () -> Values.list(Collections.nCopies(100_001, Value.of("x"))))
                        .problem()
                        .code())
                .isEqualTo("too-long");
    }

    @Nested
    class a_secret {
        @Test
        void in_a_list_makes_what_a_function_gives_of_the_list_secret() {
            assertThat(value("join('-', record.secrets)")).isEqualTo(Values.sensitive("Bo-Ada"));
            assertThat(value("record.secrets | map(it | upper)"))
                    .isEqualTo(Value.of(List.of(Values.sensitive("BO"), Values.sensitive("ADA"))));
        }

        @Test
        void hides_texts_and_numbers_wherever_they_stand_and_nothing_else() {
            Value.Fields object = Value.of(Map.of("id", Value.of(7), "yes", Value.of(true), "gone", Value.ofNull()));

            assertThat(Values.hide(Value.of(List.of(object, Value.of("x")))))
                    .isEqualTo(Value.of(List.of(
                            Value.of(Map.of(
                                    "id", Values.sensitive("7"),
                                    "yes", Value.of(true),
                                    "gone", Value.ofNull())),
                            Values.sensitive("x"))));
        }

        @Test
        void may_be_compared() {
            assertThat(Condition.parse("record.secret == 'Ada' and 'Ada' in record.secrets and record.secret < 'B'")
                            .test(ROW))
                    .isEqualTo(Truth.TRUE);
        }

        @Test
        void in_a_whole_format_keeps_the_format_from_showing_its_value() {
            Format format = Format.parse(Secret.of("${record.name}"), Functions.standard());

            assertThat(format.evaluate(ROW)).isEqualTo(Values.sensitive("Ada"));
        }
    }

    @Nested
    class what_is_taken_where_there_is_no_value {
        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                quoteCharacter = '`',
                value = {
                    "[${record.gone ?? record.null ?? ''}] ~ '[]'",
                    "[${record.gone ?? (record.null ?? '')}] ~ '[]'",
                    "[${record.gone ?? record.null}] ~ null",
                    "[${coalesce(record.gone, record.null, '')}] ~ '[]'",
                    "[${coalesce(record.gone, record.null)}] ~ null",
                    "[${coalesce(record.gone)}] ~ absent",
                    "[${record.gone ?? '' | lower}] ~ '[]'",
                    "[${firstPresent(record.gone, record.blank ?? '')}] ~ '[]'",
                    "[${lower(record.null)}] ~ null",
                    "[${record.blank}] ~ ''",
                    "[${record.blank}${record.gone}] ~ absent",
                })
        void is_an_answer_if_the_macro_ends_in_a_constant(String format, String result) {
            assertThat(Format.parse(format).evaluate(ROW)).hasToString(result);
        }

        @Test
        void is_known_when_the_format_is_loaded_if_all_of_it_are_constants() {
            assertThat(Format.parse("${'' ?? 'x'}${'y' ?? record.a}${lower('A')}")
                            .isConstant())
                    .isTrue();
            assertThat(Format.parse("${'' ?? record.a}").isConstant()).isFalse();
            assertThat(Format.parse("${record.a ?? 'x'}").isConstant()).isFalse();
            assertThat(Format.parse("${lower(record.a)}").isConstant()).isFalse();
        }
    }

    @Nested
    class a_trace {
        private List<String> steps(String macro) {
            List<TraceStep> steps = new ArrayList<>();
            Format.parse("${" + macro + "}").evaluate(ROW.trace(steps::add));
            return steps.stream().map(TraceStep::toString).toList();
        }

        @Test
        void tells_what_was_known_when_the_format_was_loaded() {
            assertThat(steps("lower('A')")).containsExactly("lower = 'a'");
        }

        @Test
        void tells_the_first_value_if_there_is_one() {
            assertThat(steps("record.name ?? 'x'")).containsExactly("record.name = 'Ada'", "??('Ada') = 'Ada'");
        }

        @Test
        void tells_questions_with_their_answers() {
            assertThat(steps("if(record.name == 'Ada' and not (record.gone is present), 'a', 'b')"))
                    .containsExactly(
                            "record.name = 'Ada'",
                            "==('Ada', 'Ada') = true",
                            "record.gone = absent",
                            "is present(absent) = false",
                            "not = true",
                            "and = true",
                            "if(true, 'a') = 'a'");
            assertThat(steps("record.name in ('Bo', 'Ada')"))
                    .containsExactly("record.name = 'Ada'", "in('Ada', 'Bo', 'Ada') = true");
            assertThat(steps("record.name not in ('Bo')"))
                    .containsExactly("record.name = 'Ada'", "not in('Ada', 'Bo') = true");
            assertThat(steps("1 == 2 or record.yes"))
                    .containsExactly("==(1, 2) = false", "record.yes = true", "or = true");
        }

        @Test
        void hides_the_arguments_of_a_function_that_was_given_a_secret() {
            assertThat(steps("record.secret | append(record.name)"))
                    .containsExactly(
                            "record.secret = [secret]", "record.name = 'Ada'", "append([secret], [secret]) = [secret]");
        }

        @Test
        void goes_on_behind_what_is_redacted() {
            assertThat(steps("redact(record.name | lower) | upper"))
                    .containsExactly("redact = [secret]", "upper([secret]) = [secret]");
        }
    }
}
