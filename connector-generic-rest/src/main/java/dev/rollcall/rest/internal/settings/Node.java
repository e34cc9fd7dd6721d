package dev.rollcall.rest.internal.settings;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A block of a settings tree, read key by key. The type, the range and the default of a key are those of its declaration,
 * and a key that is not declared cannot be read. What is wrong is collected; a key of the tree that is not declared, or
 * that has no meaning beside the others, is a problem. Not thread-safe: for one thread at a time.
 */
public final class Node {
    private final String path;
    private final Value.Fields fields;
    private final BlockKeys keys;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    public Node(String path, Value.Fields fields, BlockKeys keys, List<Problem> problems) {
        this.path = path;
        this.fields = fields;
        this.keys = keys;
        this.problems = problems;
    }

    public String path() {
        return path;
    }

    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    public List<Problem> problems() {
        return problems;
    }

    public void problem(String code, String key, String message, String remedy) {
        problems.add(Problem.of(code, path(key), message, remedy));
    }

    /** {@return the value of a key; absent if it is not given, or null} */
    public Value value(String key) {
        if (!keys.isOpen()) {
            keys.get(key);
        }
        known.add(key);
        Value value = fields.get(key);
        return value instanceof Value.Null ? Value.absent() : value;
    }

    public boolean has(String key) {
        return !(value(key) instanceof Value.Absent);
    }

    /** {@return the block under a key; empty if it is not given, or none} */
    public Optional<Node> block(String key) {
        Value value = value(key);
        if (value instanceof Value.Fields block) {
            return Optional.of(inside(key, block, path(key)));
        }
        wrongUnlessAbsent(key, value, "a block of keys");
        return Optional.empty();
    }

    /** {@return the block under a key, an empty one if it is not given} */
    public Node blockOrEmpty(String key) {
        return block(key).orElseGet(() -> inside(key, Value.Fields.none(), path(key)));
    }

    /** {@return a block in the list under a key} */
    public Node item(String key, int index, Value.Fields item) {
        return inside(key, item, path(key) + "[" + index + "]");
    }

    private Node inside(String key, Value.Fields block, String where) {
        BlockKeys declared = keys.get(key).keys();
        return new Node(where, block, declared.settings().isEmpty() ? declared.open() : declared, problems);
    }

    /** {@return the list under a key; a single value is a list of one} */
    public List<Value> list(String key) {
        Value value = value(key);
        if (value instanceof Value.Absent) {
            return List.of();
        }
        return value instanceof Value.Items items ? items.items() : List.of(value);
    }

    /** {@return the named values under a key, in order} */
    public Map<String, Value> map(String key) {
        Value value = value(key);
        wrongUnlessAbsent(key, value instanceof Value.Fields ? Value.absent() : value, "a block of keys");
        return value instanceof Value.Fields block ? block.asMap() : Map.of();
    }

    /** {@return a single value that holds no secret} */
    public Optional<String> text(String key) {
        Value value = value(key);
        Optional<String> text = value.text();
        if (text.isEmpty()) {
            wrongUnlessAbsent(key, value, value instanceof Value.Sensitive ? "a text that is no secret" : "a text");
        }
        return text;
    }

    public String requiredText(String key, String remedy) {
        if (!has(key)) {
            problem("missing", key, "is required", remedy);
            return "";
        }
        return text(key).orElse("");
    }

    /** {@return a whole number, or its default} */
    public int integer(String key) {
        return (int) number(key);
    }

    /** {@return a whole number, or its default} */
    public long number(String key) {
        return read(key, Setting.Type.INTEGER, Setting::integer).orElse(0L);
    }

    /** {@return a whole number of a key that holds something else in another case, as others declare it} */
    public long number(String key, BlockKeys declared) {
        Setting setting = declared.get(key);
        Value value = plain(key);
        return setting.integer(value, path(key), problems::add)
                .or(() -> setting.integer(Value.absent(), "", problem -> {}))
                .orElse(0L);
    }

    /** {@return a number that may have a fraction, or its default} */
    public double decimal(String key) {
        return read(key, Setting.Type.NUMBER, Setting::number).orElse(0.0);
    }

    /** {@return true or false, or the default} */
    public boolean flag(String key) {
        return read(key, Setting.Type.BOOLEAN, Setting::flag).orElse(false);
    }

    /** {@return a duration, or its default; zero if it has none} */
    public Duration duration(String key) {
        return read(key, Setting.Type.DURATION, Setting::duration).orElse(Duration.ZERO);
    }

    /** {@return a number of bytes, or its default} */
    public long bytes(String key) {
        return read(key, Setting.Type.BYTES, Setting::bytes).orElse(0L);
    }

    /** {@return one of a few words, or the default; the first one if there is none} */
    public <T extends Enum<T>> T choice(String key, Class<T> words) {
        Reading<T> reading = (setting, value, where, found) -> setting.choice(value, where, words, found);
        return read(key, Setting.Type.CHOICE, reading).orElse(words.getEnumConstants()[0]);
    }

    private interface Reading<T> {
        Optional<T> read(Setting setting, Value value, String path, Consumer<Problem> problems);
    }

    private <T> Optional<T> read(String key, Setting.Type type, Reading<T> reading) {
        Setting setting = keys.get(key);
        keys.name(setting, type);
        return reading.read(setting, plain(key), path(key), problems::add)
                .or(() -> reading.read(setting, Value.absent(), "", problem -> {}));
    }

    /** {@return a single value that holds no secret; absent after a problem} */
    private Value plain(String key) {
        Value value = value(key);
        return value instanceof Value.Sensitive && text(key).isEmpty() ? Value.absent() : value;
    }

    @Nullable
    public Pointer pointer(String key) {
        return text(key).map(text -> pointer(key, text)).orElse(null);
    }

    public Pointer pointer(String key, String text) {
        return Pointer.parse(text).orElseGet(() -> {
            problem(
                    "wrong-value",
                    key,
                    "is no JSON Pointer",
                    "a pointer begins with a slash: /"
                            + text.replaceFirst("^\\$?\\.?", "").replace('.', '/'));
            return Pointer.root();
        });
    }

    public Pointer requiredPointer(String key, String remedy) {
        String text = requiredText(key, remedy);
        return text.isEmpty() ? Pointer.root() : pointer(key, text);
    }

    /** {@return named templates under a key} */
    public Map<String, Template> templates(String key) {
        Map<String, Template> templates = new LinkedHashMap<>();
        map(key).forEach((name, value) -> Template.read(value, path(key) + "." + name, problems)
                .ifPresent(template -> templates.put(name, template)));
        return templates;
    }

    /** Says that keys are read elsewhere. */
    public void knows(String... elsewhere) {
        for (String key : elsewhere) {
            known.add(keys.get(key).name());
        }
    }

    /** Reports the keys that are not declared, and those that were not asked for beside the others. */
    public void end() {
        for (String key : fields.asMap().keySet()) {
            if (!known.contains(key)) {
                boolean declared = keys.names().contains(key);
                problem(
                        "unknown-key",
                        key,
                        declared ? "has no meaning beside the other keys of this block" : "there is no such key",
                        declared ? "remove it" : Suggestion.remedy(key, known));
            }
        }
    }

    void wrongUnlessAbsent(String key, Value value, String expected) {
        if (!(value instanceof Value.Absent)) {
            problem("wrong-type", key, "must be " + expected, "");
        }
    }
}
