package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {
    private static final Evaluation FIXED = Evaluation.of(name -> Value.absent())
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC))
            .seed(7);
    private static final Functions FUNCTIONS =
            Functions.standard().withTables(Map.of("countries", Map.of("NZ", Value.of("New Zealand"))));

    static Stream<Arguments> examples() {
        return Functions.standard().all().stream()
                .flatMap(function -> function.declaration().examples().stream()
                        .map(example -> Arguments.of(example.expression(), example.result())));
    }

    @Test
    void every_function_has_a_sentence_and_an_example() {
        assertThat(FUNCTIONS.all()).hasSizeGreaterThan(100).allSatisfy(function -> {
            assertThat(function.declaration().documentation()).endsWith(".");
            assertThat(function.declaration().examples()).isNotEmpty();
        });
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("examples")
    void every_example_of_the_reference_holds(String expression, String result) {
        if (result.startsWith("error: ")) {
            assertThatExceptionOfType(RollcallException.class)
                    .isThrownBy(() -> evaluate(expression))
                    .satisfies(e -> assertThat("error: " + e.problem().code()).isEqualTo(result));
        } else {
            assertThat(evaluate(expression)).isEqualTo(evaluate(result));
        }
    }

    private static Value evaluate(String expression) {
        return Format.parse("${" + expression + "}", FUNCTIONS).evaluate(FIXED);
    }
}
