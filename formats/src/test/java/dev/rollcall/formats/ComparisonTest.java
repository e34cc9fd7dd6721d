package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is equal, what is less, and what is printed with parentheses. */
class ComparisonTest {
    private static final Map<String, Value> COLUMNS = Map.of(
            "one", Value.of(1),
            "text1", Value.of("1.0"),
            "yes", Value.of(true),
            "list", Value.of(List.of(Value.of("a"))),
            "two", Value.of(List.of(Value.of("a"), Value.of("b"))),
            "bytes", new Value.Bytes(new byte[] {1}),
            "same", new Value.Bytes(new byte[] {1}),
            "other", new Value.Bytes(new byte[] {2}),
            "gone", Value.absent(),
            "lost", Value.unknown("timeout"));

    private static String holds(String condition) {
        Evaluation evaluation =
                Evaluation.of(name -> COLUMNS.getOrDefault(name.path().column(), Value.absent()));
        return Condition.parse(condition).evaluate(evaluation).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "'a' == 'a' ~ true",
                "'a' == 'A' ~ false",
                "'a' != 'b' ~ true",
                "'1' == '1.0' ~ false",
                "record.one == '1.0' ~ true",
                "record.text1 == 1 ~ true",
                "record.one == 'x' ~ false",
                "'x' == record.one ~ false",
                "record.one == record.text1 ~ true",
                "record.yes == 'TRUE' ~ true",
                "record.yes == 'yes' ~ true",
                "'1' == record.yes ~ true",
                "record.yes == 'no' ~ false",
                "record.yes == 'maybe' ~ false",
                "'maybe' == record.yes ~ false",
                "record.list == 'a' ~ true",
                "'a' == record.list ~ true",
                "record.bytes == record.same ~ true",
                "record.bytes == record.other ~ false",
                "record.bytes != record.other ~ true",
                "2 < 10 ~ true",
                "'2' < '10' ~ false",
                "record.one < '10' ~ true",
                "'10' > record.one ~ true",
                "record.one < 'x' ~ true",
                "1 <= 1 ~ true",
                "1 >= 1 ~ true",
                "1 < 1 ~ false",
                "1 > 1 ~ false",
                "'a' < 'b' ~ true",
                "'a' < 'ab' ~ true",
                "'ab' <= 'a' ~ false",
                "'😀' > '豈' ~ true",
                "'😀a' < '😀b' ~ true",
                "record.gone == 'a' ~ absent",
                "'a' != record.gone ~ absent",
                "record.lost == record.gone ~ unknown (timeout)",
                "not (record.gone == 'a') ~ absent",
                "record.gone == 'a' or 1 == 1 ~ true",
                "record.gone == 'a' and 1 == 2 ~ false",
                "record.gone == 'a' and 1 == 1 ~ absent",
                "record.gone == 'a' or 1 == 2 ~ absent",
                "'b' in ('a', 'b') ~ true",
                "'c' in ('a', 'b') ~ false",
                "'c' not in ('a', 'b') ~ true",
                "'a' in record.two ~ true",
                "record.gone in ('a') ~ absent",
                "record.gone is present ~ false",
                "record.gone is absent ~ true",
            })
    void a_condition_is(String condition, String truth) {
        assertThat(holds(condition)).isEqualTo(truth);
    }

    @Test
    void several_values_are_compared_with_nothing() {
        assertThatExceptionOfType(RollcallException.class)
                .isThrownBy(() -> holds("record.two == 'a'"))
                .satisfies(e -> assertThat(e.problem().message()).contains("=="));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "(a == 1 or b == 2) and c == 3 ~ (a == 1 or b == 2) and c == 3",
                "a == 1 or (b == 2 and c == 3) ~ a == 1 or b == 2 and c == 3",
                "not (a == 1 and b == 2) ~ not (a == 1 and b == 2)",
                "(a ?? b) == c ~ a ?? b == c",
                "a ?? (b ?? c) ~ a ?? (b ?? c)",
                "(a ?? b) ?? c ~ a ?? b ?? c",
                "((a)) is present ~ a is present",
                "a not in ('x','y') ~ a not in ('x', 'y')",
                "(a in ('x')) and (b is present) and (c matches 'd') ~ a in ('x') and b is present and c matches 'd'",
                "(a in ('x')) is present ~ (a in ('x')) is present",
                "(a and b) == c ~ (a and b) == c",
                "(a | lower) == (b | upper()) ~ a | lower == b | upper",
                "(a or b | lower) == c ~ (a or b | lower) == c",
                "map(a, (it) | upper) is empty ~ map(a, it | upper) is empty",
                "now( ) == today() ~ now() == today()",
            })
    void printing_keeps_the_parentheses_that_matter(String condition, String printed) {
        assertThat(Condition.parse(condition)).hasToString(printed);
        assertThat(Condition.parse(printed)).isEqualTo(Condition.parse(condition));
    }

    @Test
    void white_space_may_stand_between_any_two_words() {
        assertThat(
                        Condition.parse(
                                " not ( a | padLeft ( 3 , 'x' ) == 'b' ) or c in ( 'd' , 'e' ) and join ( ',' , f ) is not present "))
                .isEqualTo(Condition.parse("not(a|padLeft(3,'x')=='b')or c in('d','e')and join(',',f)is not present"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"${record.a | }~1:14", "ab¶${record.a | }~2:14", "😀${record.a | }~1:15", "${~1:3"})
    void a_mistake_is_told_with_its_line_and_column(String format, String position) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Format.parse(format.replace('¶', '\n')))
                .satisfies(e -> assertThat(e.problems().get(0).message()).startsWith(position + ": "));
    }

    @Test
    void a_mistake_far_along_a_line_is_drawn_with_what_is_around_it() {
        String format = "x".repeat(300) + "${record.a | }" + "y".repeat(300);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Format.parse("first\n" + format))
                .satisfies(e -> {
                    List<String> lines = e.problems().get(0).message().lines().toList();
                    assertThat(lines.get(0)).startsWith("2:314: ");
                    assertThat(lines.get(1)).startsWith("    x").endsWith("y").hasSize(124);
                    assertThat(lines.get(2)).isEqualTo("    " + " ".repeat(60) + "^");
                });
    }
}
