package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.state.SeenKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the keys ever seen promise, wherever they are kept. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.rollcall.state.jdbc.StateKind#all")
class SeenKeysContractTest {
    @TempDir
    private Path folder;

    @Parameter
    private StateKind kind;

    private StateKind.TestState state;
    private SeenKeys seen;

    @BeforeEach
    void open() {
        state = kind.open(folder);
        seen = state.seen();
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void a_data_source_that_was_never_read_has_shown_nothing() {
        assertThat(seen.isEmpty("hr")).isTrue();
        assertThat(seen.known("hr", List.of("1", "2"))).isEmpty();
        assertThat(seen.known("hr", List.of())).isEmpty();
    }

    @Test
    void a_key_that_was_shown_is_known() {
        seen.add("hr", List.of("1", "2"));

        assertThat(seen.isEmpty("hr")).isFalse();
        assertThat(seen.known("hr", List.of("2", "3"))).containsExactly("2");
    }

    @Test
    void a_key_that_is_shown_again_stays_known() {
        seen.add("hr", List.of("1", "2"));
        seen.add("hr", List.of("2", "3", "3"));

        assertThat(seen.known("hr", List.of("1", "2", "3"))).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void another_data_source_has_not_shown_it() {
        seen.add("hr", List.of("1"));

        assertThat(seen.isEmpty("crm")).isTrue();
        assertThat(seen.known("crm", List.of("1"))).isEmpty();
    }

    @Test
    void a_thousand_keys_are_added_and_looked_up_at_once() {
        List<String> keys =
                IntStream.range(0, 1_000).mapToObj(each -> "k" + each).toList();

        seen.add("hr", keys);

        assertThat(seen.known("hr", keys)).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void keys_may_be_long_and_of_any_characters() {
        List<String> keys = List.of("a\u0000", "a", "\uD800", "x".repeat(5_000), "x".repeat(5_001), "\uE000", "'");
        List<String> others = List.of("x".repeat(5_002), "\uD801", "a\u0001");

        seen.add("hr", keys);

        assertThat(seen.known("hr", keys)).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(seen.known("hr", others)).isEmpty();
    }
}
