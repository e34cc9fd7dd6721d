package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is reported of a text that is not a format: where, what, and what to write. */
class MistakesTest {
    private static List<Problem> problems(Runnable parsing) {
        ConfigurationException e = catchThrowableOfType(ConfigurationException.class, parsing::run);
        assertThat(e).as("a mistake is reported").isNotNull();
        return e.problems();
    }

    private static String firstLine(Problem problem) {
        return problem.message().lines().findFirst().orElseThrow();
    }

    private static void assertTold(List<Problem> problems, String message, String remedy) {
        assertThat(problems).hasSize(1);
        assertThat(firstLine(problems.get(0))).isEqualTo(message);
        assertThat(problems.get(0).remedy()).isEqualTo(remedy == null ? "" : remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            a ==                   ~ 1:5: expected a value, found the end                 ~
            a )                    ~ 1:3: expected 'and', 'or' or the end                 ~
            (a                     ~ 1:3: expected ')', found the end                     ~
            a < b < c              ~ 1:7: comparisons do not chain                       ~ join them with 'and'
            a not b                ~ 1:7: expected 'in' or 'matches' after 'not'          ~
            a is presnt            ~ 1:6: expected one of present, absent, null, empty, unknown after 'is' ~ did you mean 'present'?
            a is 'x'               ~ 1:6: expected one of present, absent, null, empty, unknown after 'is' ~ compare values with ==
            a in ()                ~ 1:7: a list after 'in' is not empty                  ~
            a in ('x', 'y'         ~ 1:15: expected ')', found the end                    ~
            a in ['x')             ~ 1:10: expected ']'                                   ~
            a || b                 ~ 1:3: '||' is no operator                            ~ write or
            a && b                 ~ 1:3: '&&' is no operator                            ~ write and
            a <> b                 ~ 1:3: '<>' is no operator                            ~ write !=
            !a                     ~ 1:1: '!' is no operator                             ~ write not
            ${a}                   ~ 1:1: a condition is an expression, without ${ }     ~ write the name alone
            a | (b)                ~ 1:5: expected a function name                        ~
            record.                ~ 1:8: expected a column name, found the end           ~
            record.a[x]            ~ 1:9: expected an index or a quoted name in brackets  ~
            record.a['x            ~ 1:10: the text is not closed                        ~ add a ', a quote inside is doubled
            01 == a                ~ 1:1: a number has no zeros in front                 ~ write a text in quotes
            -01 == a               ~ 1:1: a number has no zeros in front                 ~ write a text in quotes
            1a == b                ~ 1:2: a number ends here                             ~ write a text in quotes
            1. == b                ~ 1:2: expected 'and', 'or' or the end                 ~
            lower('a', 'b', 'c')   ~ 1:1: lower does not take 3 arguments                ~ it is lower(text, language?)
            a | padLeft            ~ 1:5: padLeft does not take 1 argument               ~ it is padLeft(text, length, fill?), the first of them from before the |
            a | lowr               ~ 1:5: unknown function 'lowr'                        ~ did you mean 'lower'?
            a | zzzzzzzzzzzz       ~ 1:5: unknown function 'zzzzzzzzzzzz'                ~ the functions are listed in docs/functions.md
            a matches '('          ~ 1:3: matches: the pattern is no regular expression: Unclosed group ~
            first('a', 'x') == 'y' ~ 1:1: first: expected a number, found a text that is none ~
            """)
    void in_a_condition_are_told(String condition, String message, String remedy) {
        assertTold(problems(() -> Condition.parse(condition)), message, remedy);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            x${a                   ~ 1:2: the macro is not closed                        ~ add a }, or write ${'${'} for a literal ${
            ${a b}                 ~ 1:5: expected '|' or '}'                             ~
            ${lower(${a})}         ~ 1:9: a macro within a macro                         ~ write the name alone
            ${}                    ~ 1:3: expected a value                                ~
            """)
    void in_a_macro_are_told(String format, String message, String remedy) {
        assertTold(problems(() -> Format.parse(format)), message, remedy);
    }

    @Nested
    class several {
        @Test
        void are_told_at_once_whatever_stands_between() {
            assertThat(problems(() -> Format.parse("${a b 'it''s }' \"}\" } ${c d} ${e")))
                    .extracting(MistakesTest::firstLine)
                    .containsExactly(
                            "1:5: expected '|' or '}'", "1:27: expected '|' or '}'", "1:30: the macro is not closed");
        }

        @Test
        void are_told_up_to_fifty() {
            assertThat(problems(() -> Format.parse("${}".repeat(60)))).hasSize(50);
        }

        @Test
        void in_one_macro_are_told_if_it_can_be_read() {
            assertThat(problems(() -> Format.parse("${a | lowr | uper}")))
                    .extracting(MistakesTest::firstLine)
                    .containsExactly("1:7: unknown function 'lowr'", "1:14: unknown function 'uper'");
        }
    }

    @Nested
    class a_limit {
        @Test
        void is_what_may_just_be_reached() {
            assertThatNoException().isThrownBy(() -> Format.parse("x".repeat(100_000)));
            assertThatNoException().isThrownBy(() -> Condition.parse("(".repeat(59) + "a" + ")".repeat(59)));
            assertThatNoException().isThrownBy(() -> Condition.parse("not ".repeat(59) + "a"));
            assertThat(problems(() -> Condition.parse("(".repeat(60) + "a" + ")".repeat(60))))
                    .hasSize(1);
            assertThat(problems(() -> Condition.parse("not ".repeat(60) + "a"))).hasSize(1);
        }

        @Test
        void counts_what_is_open_and_not_what_is_closed() {
            assertThatNoException().isThrownBy(() -> Condition.parse("(a) and ".repeat(100) + "not a"));
            assertThatNoException().isThrownBy(() -> Condition.parse("not a and ".repeat(100) + "a"));
            assertThatNoException().isThrownBy(() -> Format.parse("${((a))}".repeat(100)));
        }

        @Test
        void holds_for_each_macro_anew_even_behind_a_mistake() {
            assertThat(problems(() -> Format.parse(("${" + "(".repeat(50) + "}").repeat(3))))
                    .extracting(problem -> problem.code())
                    .containsOnly("format-syntax");
        }
    }
}
