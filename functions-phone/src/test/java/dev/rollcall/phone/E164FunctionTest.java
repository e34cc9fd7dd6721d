package dev.rollcall.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.FormatException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class E164FunctionTest {
    private static final Functions FUNCTIONS = Functions.standard().with(new E164Function());

    private static Value evaluate(String expression, Value phone) {
        UserRecord record = UserRecord.of(Value.of(Map.of("phone", phone)));
        return Format.parse("${" + expression + "}", FUNCTIONS).evaluate(Evaluation.of(Scope.record(record)));
    }

    @Test
    void every_example_of_its_documentation_holds() {
        assertThat(new E164Function().declaration().examples())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(evaluate(example.expression(), Value.ofNull()))
                        .hasToString(example.result()));
    }

    @ParameterizedTest
    @CsvSource({
        "021 123 4567, NZ, +64211234567",
        "1-800-FLOWERS, us, +18003569377",
        "'+1 (212) 555-0123 ext. 9', NZ, +12125550123"
    })
    void numbers_are_read_as_they_are_written(String number, String country, String expected) {
        assertThat(evaluate("record.phone | e164('" + country + "')", Value.of(number)))
                .isEqualTo(Value.of(expected));
    }

    @ParameterizedTest
    @CsvSource({"12, NZ, bad-phone", "none, NZ, bad-phone", "021 123 4567, '', bad-phone", "1, ZZ, unknown-country"})
    void what_is_no_number_fails_without_telling_it(String number, String country, String code) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> evaluate("e164(record.phone, '" + country + "')", Value.of(number)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @Test
    void nothing_stays_nothing() {
        assertThat(evaluate("record.phone | e164('NZ')", Value.ofNull())).isEqualTo(Value.ofNull());
    }

    @Test
    void it_is_found_by_the_service_loader() {
        assertThat(Functions.discover(E164Function.class.getClassLoader()).all())
                .anySatisfy(function -> assertThat(function).isInstanceOf(E164Function.class));
    }
}
