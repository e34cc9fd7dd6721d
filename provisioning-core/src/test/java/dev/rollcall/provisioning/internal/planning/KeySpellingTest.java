package dev.rollcall.provisioning.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySpellingTest {
    @ParameterizedTest
    @CsvSource({
        "A-8, a-8",
        "A\u20118, a-8",
        "A\u20138, a-8",
        "A\u22128, a-8",
        "100100.0, 100100",
        "00042, 42",
        "{F9168C5E-CEB2-4FAA-B6BF-329BF39FA1E4}, f9168c5e-ceb2-4faa-b6bf-329bf39fa1e4"
    })
    void folds_what_programs_do_to_keys(String spelled, String folded) {
        assertThat(KeySpelling.fold(spelled)).isEqualTo(folded);
    }

    @ParameterizedTest
    @CsvSource({"{8}, {8}", "A8, a8", "1.5, 1.5"})
    void leaves_what_may_tell_people_apart(String spelled, String folded) {
        assertThat(KeySpelling.fold(spelled)).isEqualTo(folded);
    }
}
