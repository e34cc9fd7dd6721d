package dev.rollcall.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.Value;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {
    private static final Evaluation NOTHING = Evaluation.of(name -> Value.absent());

    static Stream<Arguments> examples() {
        return Functions.standard().all().stream()
                .flatMap(function -> function.declaration().examples().stream()
                        .map(example -> Arguments.of(example.expression(), example.result())));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("examples")
    void every_example_of_the_reference_holds(String expression, String result) {
        if (result.startsWith("error: ")) {
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> evaluate(expression))
                    .satisfies(e -> assertThat("error: " + e.problem().code()).isEqualTo(result));
        } else {
            assertThat(evaluate(expression)).isEqualTo(evaluate(result));
        }
    }

    private static Value evaluate(String expression) {
        return Format.parse("${" + expression + "}").evaluate(NOTHING);
    }
}
