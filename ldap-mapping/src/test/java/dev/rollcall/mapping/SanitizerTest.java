package dev.rollcall.mapping;

import static org.assertj.core.api.Assertions.assertThat;

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
            })
    void names_are_made_fit(Sanitizer sanitizer, String given, String expected) {
        assertThat(sanitizer.apply(given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"UPN, Иван, true", "UID, 李, true", "SAM_ACCOUNT_NAME, Иван, false", "MAIL, Zoë 😀, false"})
    void letters_without_a_form_are_told(Sanitizer sanitizer, String given, boolean lost) {
        assertThat(sanitizer.losesLetters(given)).isEqualTo(lost);
    }
}
