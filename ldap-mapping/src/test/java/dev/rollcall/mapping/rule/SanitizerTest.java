package dev.rollcall.mapping.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SanitizerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SAM_ACCOUNT_NAME | Zoë O'Brien. | ZoeOBrien",
                "SAM_ACCOUNT_NAME | Łukasz | Lukasz",
                "SAM_ACCOUNT_NAME | ＠a／b＋c | abc",
                "SAM_ACCOUNT_NAME | ..a.b.. | a.b",
                "SAM_ACCOUNT_NAME | Ångström | Angstrom",
                "SAM_ACCOUNT_NAME | Nguyễn | Nguyen",
                "SAM_ACCOUNT_NAME | Đặng | Dang",
                "SAM_ACCOUNT_NAME | ***|``",
                "UPN | Žižek..Slavoj.@example.test | Zizek.Slavoj@example.test",
                "UPN | Groß & Söhne@example.test | GrossSohne@example.test",
                "UPN | a@b@example.test | ab@example.test",
                "UID | Anne-Marie Smith | anne-mariesmith",
                "UID | -.x | x",
                "MAIL | José+hr@example.test | Jose+hr@example.test",
                "MAIL | Þór | Thor",
                "UPN | azAZ09'.-_!#^~x+`{[@x.test | azAZ09'.-_!#^~x@x.test",
                "MAIL | azAZ09'.-_!#^~+x`{[@x.test | azAZ09'.-_!#^~+x@x.test",
                "UID | azAZ09._-x~+`{[/: | azaz09._-x",
                "SAM_ACCOUNT_NAME | azAZ09!#$%&()-_^{}~`x | azAZ09!#$%&()-_^{}~`x",
                "UPN | @x.test|``",
                "UPN | a.@ x.test | a@x.test",
                "UPN | ...@x.test|``",
                "SAM_ACCOUNT_NAME | a..b | a..b",
                "MAIL | a..b | a.b",
                "UPN | a\u20DDb\u0903c | abc",
            })
    void names_are_made_fit(Sanitizer sanitizer, String given, String expected) {
        assertThat(sanitizer.apply(given)).isEqualTo(expected);
    }

    @Test
    void sorts_of_names_have_a_word_and_a_length() {
        assertThat(Stream.of(Sanitizer.values()).map(Sanitizer::word))
                .containsExactly("sAMAccountName", "upn", "uid", "mail");
        assertThat(Stream.of(Sanitizer.values()).map(Sanitizer::maxLength)).containsExactly(20, 113, 0, 256);
    }
}
