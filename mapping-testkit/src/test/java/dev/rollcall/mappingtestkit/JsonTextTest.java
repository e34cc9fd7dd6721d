package dev.rollcall.mappingtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    @Test
    void texts_may_stand_in_either_quotes() {
        assertThat(JsonText.parse("{'a': \"it's\", \"b\": 'say \\'x\\' \\u00e9\\n'}"))
                .isEqualTo(Value.of(Map.of("a", Value.of("it's"), "b", Value.of("say 'x' é\n"))));
    }

    @Test
    void numbers_keep_their_text() {
        assertThat(JsonText.parse("[42, 42.0, -1e3]"))
                .isEqualTo(Value.of(List.of(new Value.Num("42"), new Value.Num("42.0"), new Value.Num("-1e3"))));
    }

    @Test
    void other_values_are_what_they_are() {
        assertThat(JsonText.parse(" [null, true, false, {}, []] "))
                .isEqualTo(Value.of(List.of(
                        Value.ofNull(), Value.of(true), Value.of(false), Value.Fields.none(), Value.of(List.of()))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a' 1} | line 1, column 6: expected ':'",
                "{'a': 1,} | line 1, column 9: expected a name in quotes",
                "[1 2] | line 1, column 4: expected ',' or ']'",
                "'a | line 1, column 3: expected '",
                "01 | line 1, column 1: expected a value",
                "{'a': 1, 'a': 2} | line 1, column 16: the name 'a' is a duplicate",
                "1 2 | line 1, column 3: expected the end",
                "'\\x' | line 1, column 4: '\\x' means nothing"
            })
    void what_is_no_json_is_told_with_its_place(String text, String message) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> JsonText.parse(text))
                .withMessage("no JSON, at " + message);
    }
}
