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
                "UPN | azAZ09'b.-_!#^~x+`{[@x.test | azAZ09'b.-_!#^~x@x.test",
                "MAIL | azAZ09'b.-_!#^~+x`{[@x.test | azAZ09'b.-_!#^~+x@x.test",
                "UID | azAZ09._-x~+`{[/: | azaz09._-x",
                "SAM_ACCOUNT_NAME | azAZ09!#$%&()-_^{}~`x | azAZ09!#$%&()-_^{}~`x",
                "UPN | @x.test|``",
                "UPN | a.@ x.test | a@x.test",
                "UPN | ...@x.test|``",
                "SAM_ACCOUNT_NAME | a..b | a..b",
                "MAIL | a..b | a.b",
                "UPN | a\u20DDb\u0903c | abc",
                "UID | Ka\u02BBiulani.Kal\u0101kaua | kaiulani.kalakaua",
                "UID | Zor\u02BCyan.Ho\u02BBala | zoryan.hoala",
                "UID | O\u2019Brien | obrien",
                "UID | D\u00B4Angelo | dangelo",
                "UID | \u02BFAl\u012B al-Ma\u02BEm\u016Bn | alial-mamun",
                "UID | Vol\u02B9ga | volga",
                "UPN | Ka\u02BBiulani@x.test | Ka'iulani@x.test",
                "UPN | \u02BBIolani.\u02BBAbd@x.test | Iolani.Abd@x.test",
                "MAIL | keli\u02BBi\u02BB.o'neil'@x.test | keli'i.o'neil@x.test",
                "MAIL | '.'a@x.test | a@x.test",
                "MAIL | '@x.test|``",
                "MAIL | O\u02BCBrien@x.test | O'Brien@x.test",
                "SAM_ACCOUNT_NAME | Ka\u02BBiulani | Kaiulani",
                "UID | Jean\u2011Luc | jean-luc",
                "UID | Jean\u2013Luc | jean-luc",
                "UID | Jean\u2212Luc | jean-luc",
                "UID | Gal\u00B7la | galla",
                "UID | Ka\u0301ro\u0308ly | karoly",
                "UID | \u0130\u015F\u0131k | isik",
                "UID | \u0194\u00C6\u014B\u0272 | gaenn",
                "SAM_ACCOUNT_NAME | Gro\u00DFe\u00ADr\u200B | Grosser",
                "SAM_ACCOUNT_NAME | \u0416\u0443\u0439 | \u0416\u0443\u0439",
                "SAM_ACCOUNT_NAME | \u0928\u0930\u0947\u0928 | \u0928\u0930\u0947\u0928",
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
