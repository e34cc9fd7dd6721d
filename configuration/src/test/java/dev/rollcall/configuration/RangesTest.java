package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every duration and count that a block of the file declares has a range, and a value outside is refused and quoted. */
class RangesTest {
    static Stream<Setting> declared() {
        return Stream.of(
                DirectoryReader.TIMEOUT,
                PolicyReader.DELETE_AFTER,
                PolicyReader.PASSWORD_LENGTH,
                PolicyReader.AT_LEAST,
                AttributeReader.MAX_LENGTH,
                AttributeReader.COUNTER_START,
                AttributeReader.COUNTER_WIDTH);
    }

    @ParameterizedTest
    @MethodSource("declared")
    void a_value_outside_is_refused(Setting setting) {
        boolean time = setting.type() == Setting.Type.DURATION;
        List<String> outside = time ? List.of("PT-5S", "0s", "999999999d") : List.of("-1", "999999999999999999");
        for (String value : outside) {
            Findings findings = new Findings(new Document("people.yaml"));
            Block block = new Block(
                    Value.Fields.none().with(setting.name(), Value.of(value)),
                    "block",
                    BlockKeys.of(setting),
                    findings);

            if (time) {
                block.duration(setting);
            } else {
                block.integer(setting);
            }

            assertThat(findings.problems()).hasSize(1).allSatisfy(problem -> {
                assertThat(problem.code()).isEqualTo("out-of-range");
                assertThat(problem.path()).isEqualTo("block." + setting.name());
                assertThat(problem.message()).startsWith("must ").endsWith("; was " + value);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("declared")
    void a_declaration_has_a_sentence_and_a_default_within_its_range(Setting setting) {
        Findings findings = new Findings(new Document("people.yaml"));
        Block block = new Block(Value.Fields.none(), "block", BlockKeys.of(setting), findings);

        assertThat(setting.description()).isNotBlank();
        if (setting.type() == Setting.Type.DURATION) {
            assertThat(block.duration(setting).isPresent())
                    .isEqualTo(!setting.defaultText().isEmpty());
        } else {
            assertThat(block.integer(setting)).isNotNegative();
        }
        assertThat(findings.problems()).isEmpty();
    }
}
