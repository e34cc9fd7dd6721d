package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("url", "pageSize", "objectClasses", "sn");

    @ParameterizedTest
    @CsvSource({
        "ulr, url",
        "URL, url",
        "pagesize, pageSize",
        "objectClass, objectClasses",
        "ur, url",
        "objetcClases, objectClasses"
    })
    void finds_the_word_that_was_meant(String word, String meant) {
        assertThat(Suggestion.nearest(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "password", "zzz", "''"})
    void finds_none_where_none_is_near(String word) {
        assertThat(Suggestion.nearest(word, KNOWN)).isEmpty();
    }

    @Test
    void says_what_to_do() {
        assertThat(Suggestion.remedy("ulr", KNOWN)).isEqualTo("did you mean 'url'?");
        assertThat(Suggestion.remedy("password", KNOWN)).isEqualTo("known here: url, pageSize, objectClasses, sn");
        assertThat(Suggestion.remedy("x", List.of())).isEqualTo("remove it");
    }
}
