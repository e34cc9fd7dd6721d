package dev.rollcall.mapping.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersTest {
    @ParameterizedTest
    @CsvSource({
        "Иван, true",
        "李, true",
        "Zoë 😀, false",
        "ß, false",
        "Kaʻiulani, false",
        "Zorʼyan, false",
        "ʿAlī, false",
        "Йога, true"
    })
    void letters_without_a_form_are_told(String given, boolean lost) {
        assertThat(Letters.haveNoForm(given)).isEqualTo(lost);
    }

    @Test
    void a_name_that_is_cut_off_ends_in_no_sign_between_its_parts() {
        assertThat(Letters.trimCut("anne-marie-")).isEqualTo("anne-marie");
        assertThat(Letters.trimCut("mary.o'")).isEqualTo("mary.o");
        assertThat(Letters.trimCut("Ludwig van ")).isEqualTo("Ludwig van");
        assertThat(Letters.trimCut("a_.")).isEqualTo("a");
    }

    @Test
    void a_name_ends_in_no_dot() {
        assertThat(Letters.trimEnd("a.b..")).isEqualTo("a.b");
        assertThat(Letters.trimEnd("...")).isEmpty();
        assertThat(Letters.trimEnd("")).isEmpty();
    }
}
