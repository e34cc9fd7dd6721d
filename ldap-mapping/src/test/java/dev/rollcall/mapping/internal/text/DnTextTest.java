package dev.rollcall.mapping.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of a DN is taken apart at what separates, and nowhere else. */
class DnTextTest {
    @Test
    void commas_semicolons_and_plus_signs_separate() {
        assertThat(DnText.split("cn=a+uid=b,ou=c;dc=d"))
                .containsExactly(List.of("cn=a", "uid=b"), List.of("ou=c"), List.of("dc=d"));
        assertThat(DnText.split("")).containsExactly(List.of(""));
        assertThat(DnText.split("cn=a,")).containsExactly(List.of("cn=a"), List.of(""));
    }

    @Test
    void escaped_ones_do_not() {
        assertThat(DnText.split("cn=a\\,b\\+c\\;d,dc=e")).containsExactly(List.of("cn=a\\,b\\+c\\;d"), List.of("dc=e"));
        assertThat(DnText.split("cn=a\\\\,dc=e")).containsExactly(List.of("cn=a\\\\"), List.of("dc=e"));
        assertThat(DnText.split("cn=a\\")).containsExactly(List.of("cn=a\\"));
    }

    @Test
    void those_in_macros_do_not() {
        assertThat(DnText.split("cn=${join(',', a, b)},dc=e"))
                .containsExactly(List.of("cn=${join(',', a, b)}"), List.of("dc=e"));
        assertThat(DnText.split("cn=${a ?? '},'},dc=e")).containsExactly(List.of("cn=${a ?? '},'}"), List.of("dc=e"));
        assertThat(DnText.split("cn=${a ?? \"}'+\"},dc=e"))
                .containsExactly(List.of("cn=${a ?? \"}'+\"}"), List.of("dc=e"));
        assertThat(DnText.split("cn=${f({'a': 1}, 2)},dc=e"))
                .containsExactly(List.of("cn=${f({'a': 1}, 2)}"), List.of("dc=e"));
        assertThat(DnText.split("cn=${a,dc=e")).containsExactly(List.of("cn=${a,dc=e"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"cn=a | 2", "=a | 0", "cn | -1", "${a}=b | -1", "cn=${a} | 2", "${a='='} | -1", "o=${x}=${y} | 1"})
    void the_equals_sign_stands_before_any_macro(String ava, int position) {
        assertThat(DnText.indexOfEquals(ava)).isEqualTo(position);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Smith\\, John|Smith, John",
                "  a|a",
                "a  |a",
                "a\\ |a ",
                "a\\   |a ",
                "\\ a|` a`",
                "\\23hash|#hash",
                "\\#hash|#hash",
                "J\\c3\\bcrgen|Jürgen",
                "\\c3\\bc|ü",
                "\\c3\\bcx|üx",
                "\\41\\42|AB",
                "a\\41|aA",
                "a\\4|a4",
                "a\\4g|a4g",
                "a\\g4|ag4",
                "a\\\\41|a\\41",
                "a\\|a\\",
                "${x}|${x}",
                "${x}  |${x}",
                "${default(x, '\\41')}|${default(x, '\\41')}",
                "a${x}b |a${x}b",
                "${x ?? '}'}\\,|${x ?? '}'},",
                "${x|${x",
                "${|${",
            })
    void escapes_are_taken_away_and_macros_left(String source, String text) {
        assertThat(DnText.unescape(source)).isEqualTo(text);
    }

    @Test
    void blanks_alone_are_nothing() {
        assertThat(DnText.unescape("   ")).isEmpty();
        assertThat(DnText.unescape("")).isEmpty();
    }

    @Test
    void control_characters_are_left_out_of_names() {
        assertThat(DnText.clean("a\u0000b\nc\u007f😀")).isEqualTo("abc😀");
        assertThat(DnText.clean("abc")).isEqualTo("abc");
        assertThat(DnText.clean("")).isEmpty();
    }
}
