package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockKeysTest {
    private static final Setting URL = Setting.text("url");
    private static final Setting TIMEOUT = Setting.duration("timeout");
    private static final BlockKeys KEYS = BlockKeys.of(URL, TIMEOUT);

    private static List<String> problems(BlockKeys keys, String... given) {
        List<Problem> problems = new ArrayList<>();
        Value.Fields block = Value.Fields.none();
        for (String key : given) {
            block = block.with(key, Value.of("x"));
        }
        keys.check(block, "directory", problems::add);
        return problems.stream().map(Problem::toString).toList();
    }

    @Test
    void a_key_that_is_not_declared_is_reported_with_what_was_meant() {
        assertThat(problems(KEYS, "url", "timeuot", "colour"))
                .containsExactly(
                        "directory.timeuot: there is no such key; did you mean 'timeout'?",
                        "directory.colour: there is no such key; known here: url, timeout");
    }

    @Test
    void an_open_block_leaves_other_keys_to_their_reader() {
        assertThat(problems(KEYS.open(), "url", "colour")).isEmpty();
        assertThat(problems(KEYS.open().and(Setting.flag("startTls")), "colour"))
                .isEmpty();
    }

    @Test
    void a_key_is_read_only_as_what_it_is_declared() {
        assertThat(KEYS.name(URL)).isEqualTo("url");
        assertThat(KEYS.name(TIMEOUT, Setting.Type.INTEGER, Setting.Type.DURATION))
                .isEqualTo("timeout");
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.name(TIMEOUT, Setting.Type.INTEGER));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.name(Setting.text("url")));
        assertThatIllegalArgumentException().isThrownBy(() -> KEYS.get("urls"));
    }

    @Test
    void keys_of_two_declarations_are_joined_and_none_is_declared_twice() {
        assertThat(KEYS.and(BlockKeys.of(Setting.flag("startTls"))).names())
                .containsExactly("url", "timeout", "startTls");
        assertThat(KEYS.without(TIMEOUT).names()).containsExactly("url");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KEYS.and(Setting.integer("timeout")))
                .withMessageContaining("'timeout' is declared twice");
    }

    @Test
    void what_a_provider_makes_of_settings_is_computed_once() {
        List<Settings> read = new ArrayList<>();
        Settings settings = Settings.of(Value.of(Map.of("connector", Value.of("crm"))));
        Object one = new Object();

        assertThat(settings.once(one, Integer.class, given -> {
                    read.add(given);
                    return 1;
                }))
                .isEqualTo(1);
        assertThat(settings.once(one, Integer.class, given -> {
                    read.add(given);
                    return 2;
                }))
                .isEqualTo(1);
        assertThat(settings.once(new Object(), Integer.class, given -> {
                    read.add(given);
                    return 3;
                }))
                .isEqualTo(3);

        assertThat(read).containsExactly(settings, settings);
    }
}
