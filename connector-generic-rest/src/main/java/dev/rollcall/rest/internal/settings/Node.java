package dev.rollcall.rest.internal.settings;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.SettingReader;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of a settings tree, read key by key; what is wrong is collected, and every key that nobody asked for is
 * unknown. Not thread-safe: for one thread at a time.
 */
public final class Node {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,15}) ?(B|KiB|MiB|GiB|KB|MB|GB)?");

    private final String path;
    private final Value.Fields fields;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    public Node(String path, Value.Fields fields, List<Problem> problems) {
        this.path = path;
        this.fields = fields;
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
            return Optional.of(new Node(path(key), block, problems));
        }
        wrongUnlessAbsent(key, value, "a block of keys");
        return Optional.empty();
    }

    /** {@return the block under a key, an empty one if it is not given} */
    public Node blockOrEmpty(String key) {
        return block(key).orElseGet(() -> new Node(path(key), Value.Fields.none(), problems));
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

    public long number(String key, long fallback, long least, long most) {
        return SettingReader.integer(plain(key), path(key), least, most, problems::add)
                .orElse(fallback);
    }

    public double decimal(String key, double fallback) {
        return SettingReader.number(plain(key), path(key), 0, 999_999, problems::add)
                .orElse(fallback);
    }

    public boolean flag(String key, boolean fallback) {
        return SettingReader.flag(plain(key), path(key), problems::add).orElse(fallback);
    }

    public Duration duration(String key, Duration fallback) {
        return duration(key, fallback, Duration.ZERO);
    }

    public Duration positive(String key, Duration fallback) {
        return duration(key, fallback, SettingReader.POSITIVE);
    }

    private Duration duration(String key, Duration fallback, Duration least) {
        return SettingReader.duration(plain(key), path(key), least, LONGEST, "30s", problems::add)
                .orElse(fallback);
    }

    /** {@return a single value that holds no secret; absent after a problem} */
    private Value plain(String key) {
        Value value = value(key);
        return value instanceof Value.Sensitive && text(key).isEmpty() ? Value.absent() : value;
    }

    public long bytes(String key, long fallback) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return fallback;
        }
        Matcher matcher = BYTES.matcher(text.get().trim());
        if (!matcher.matches()) {
            problem("wrong-value", key, "must be a number of bytes", "write 500KB, 64MiB or 1GiB");
            return fallback;
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long factor = unit.endsWith("iB") ? 1024 : 1000;
        long amount = Long.parseLong(matcher.group(1));
        return switch (unit.charAt(0)) {
            case 'K' -> amount * factor;
            case 'M' -> amount * factor * factor;
            case 'G' -> amount * factor * factor * factor;
            default -> amount;
        };
    }

    /** {@return one of a few words; case, hyphens and underscores do not matter} */
    public <T extends Enum<T>> T choice(String key, Class<T> type, T fallback) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return SettingReader.choice(plain(key), path(key), words, problems::add).orElse(fallback);
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

    /** Answers keys of parts that do not exist yet. */
    void notBuiltYet(String what, String... keys) {
        for (String key : keys) {
            if (has(key)) {
                problem("not-built-yet", key, what + " are not built yet", "leave it out for now");
            }
        }
    }

    /** Declares keys that somebody else reads. */
    public void knows(String... keys) {
        known.addAll(List.of(keys));
    }

    /** Reports the keys that nobody asked for. */
    public void end() {
        for (String key : fields.asMap().keySet()) {
            if (!known.contains(key)) {
                problem("unknown-key", key, "there is no such key here", Suggestion.remedy(key, known));
            }
        }
    }

    void wrongUnlessAbsent(String key, Value value, String expected) {
        if (!(value instanceof Value.Absent)) {
            problem("wrong-type", key, "must be " + expected, "");
        }
    }
}
