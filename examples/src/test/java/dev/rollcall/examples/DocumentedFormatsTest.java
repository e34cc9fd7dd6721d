package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.examples.DocumentedPage.Block;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Functions;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.Sink;
import dev.rollcall.formats.Sinks;
import dev.rollcall.mappingtestkit.MappingAssertions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The formats, conditions and examples in the documentation. */
class DocumentedFormatsTest {
    static final Functions FUNCTIONS = Functions.discover(DocumentedFormatsTest.class.getClassLoader())
            .withTables(Map.of("offices", Map.of("WLG", Value.of("Wellington"))));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:15:30Z"), ZoneOffset.UTC);
    private static final String RECORD = "record = ";
    private static final Map<String, Sink> PLACES = Map.of(
            "URL path", Sinks.URL_PATH,
            "URL query", Sinks.URL_QUERY,
            "header", Sinks.HEADER,
            "form", Sinks.FORM,
            "JSON", Sinks.JSON,
            "XML", Sinks.XML);

    private static Stream<String> lines(String language) {
        return DocumentedPage.blocksIn(language).flatMap(block -> block.text().lines());
    }

    static Stream<String> formats() {
        return lines("formats");
    }

    static Stream<String> conditions() {
        return lines("conditions");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_format_is_one(String format) {
        assertThatNoException().isThrownBy(() -> Format.parse(format, FUNCTIONS));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void a_condition_is_one(String condition) {
        assertThatNoException().isThrownBy(() -> Condition.parse(condition, FUNCTIONS));
    }

    static Stream<Arguments> examples() {
        return DocumentedPage.blocksIn("examples")
                .flatMap(block -> block.text()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith(RECORD))
                        .map(line -> Arguments.of(block, line)));
    }

    /** A format, for a place that may be named before it, or an expression; an arrow; an expression with the same value, or {@code error: } and a code. */
    @ParameterizedTest
    @MethodSource("examples")
    void an_example_has_the_result_that_is_shown(Block block, String example) {
        String[] sides = example.split(" +→ +");
        assertThat(sides).hasSize(2);
        Evaluation evaluation = Evaluation.of(Scope.record(record(block))).clock(CLOCK);
        if (sides[1].startsWith("error: ")) {
            assertThatExceptionOfType(RollcallException.class)
                    .isThrownBy(() -> value(sides[0], evaluation))
                    .satisfies(e -> assertThat("error: " + e.problem().code()).isEqualTo(sides[1]));
        } else {
            assertThat(value(sides[0], evaluation)).isEqualTo(value(sides[1], evaluation));
        }
    }

    /** {@return the record of a block, in which the column {@code unread} is one that could not be read} */
    private static UserRecord record(Block block) {
        String json = block.text()
                .lines()
                .filter(line -> line.startsWith(RECORD))
                .findFirst()
                .orElse(RECORD + "{}")
                .substring(RECORD.length());
        return MappingAssertions.json(json).with("unread", Value.unknown("the page could not be read"));
    }

    private static Value value(String text, Evaluation evaluation) {
        for (Map.Entry<String, Sink> place : PLACES.entrySet()) {
            if (text.startsWith(place.getKey() + ": ")) {
                String format = text.substring(place.getKey().length() + 2);
                return Format.parse(format, FUNCTIONS).render(place.getValue(), evaluation);
            }
        }
        return Format.parse(text.contains("${") ? text : "${" + text + "}", FUNCTIONS)
                .evaluate(evaluation);
    }
}
