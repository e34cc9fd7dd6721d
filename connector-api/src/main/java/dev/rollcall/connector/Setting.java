package dev.rollcall.connector;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One key of a settings tree, declared once: its name, what it holds, its range, its default and what it is for. Values
 * are read through it, and documentation is made of it. Immutable and thread-safe.
 */
public final class Setting {
    /** What a setting holds. */
    public enum Type {
        /** Any text. */
        TEXT,
        /** An absolute URI. */
        URI,
        /** A whole number. */
        INTEGER,
        /** A number, which may have a fraction. */
        NUMBER,
        /** A number of bytes, such as {@code 64MiB}. */
        BYTES,
        /** True or false. */
        BOOLEAN,
        /** A length of time, such as {@code 30s}. */
        DURATION,
        /** One of a few words. */
        CHOICE,
        /** A credential, only ever given by reference. */
        SECRET,
        /** A list; a single value is a list of one. */
        LIST,
        /** A map of declared keys. */
        BLOCK,
        /** A map of names that the file chooses, each with a map of declared keys. */
        NAMED,
        /** Any tree, such as a format or a map in its place. */
        ANY
    }

    /** What a setting allows beside its type; each part counts for the types that have it. */
    private record Limits(
            long least, long most, Duration shortest, Duration longest, List<String> words, BlockKeys keys) {
        static final Limits NONE = new Limits(
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                SettingReader.POSITIVE,
                Duration.ofDays(36_500),
                List.of(),
                BlockKeys.of());
    }

    /** A greater number is no bound that anybody comes near. */
    private static final long NO_BOUND = 1_000_000_000;

    private final String name;
    private final Type type;
    private final boolean required;
    private final String description;
    private final Limits limits;
    private final String usual;

    private Setting(String name, Type type, boolean required, String description, Limits limits, String usual) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = type;
        this.required = required;
        this.description = Objects.requireNonNull(description, "description");
        this.limits = limits;
        this.usual = Objects.requireNonNull(usual, "usual");
    }

    private static Setting of(String name, Type type) {
        return new Setting(name, type, false, "", Limits.NONE, "");
    }

    private Setting within(Limits range) {
        return new Setting(name, type, required, description, range, usual);
    }

    /** {@return an optional setting that holds any text} */
    public static Setting text(String name) {
        return of(name, Type.TEXT);
    }

    /** {@return an optional setting that holds an absolute URI} */
    public static Setting uri(String name) {
        return of(name, Type.URI);
    }

    /** {@return an optional setting that holds a whole number} */
    public static Setting integer(String name) {
        return of(name, Type.INTEGER);
    }

    /** {@return an optional setting that is true or false} */
    public static Setting flag(String name) {
        return of(name, Type.BOOLEAN);
    }

    /** {@return an optional setting that holds a credential} */
    public static Setting secret(String name) {
        return of(name, Type.SECRET);
    }

    /** {@return an optional setting that holds a positive length of time, such as {@code 30s}} */
    public static Setting duration(String name) {
        return of(name, Type.DURATION);
    }

    /** {@return an optional setting that holds a number of bytes, such as {@code 64MiB}} */
    public static Setting bytes(String name) {
        return of(name, Type.BYTES).between(0, Long.MAX_VALUE);
    }

    /** {@return an optional setting that holds a number, which may have a fraction} */
    public static Setting number(String name) {
        return of(name, Type.NUMBER);
    }

    /** {@return an optional setting that holds one of these words; case, hyphens and underscores do not matter} */
    public static Setting choice(String name, String... words) {
        Limits none = Limits.NONE;
        return of(name, Type.CHOICE)
                .within(new Limits(none.least, none.most, none.shortest, none.longest, List.of(words), none.keys));
    }

    /** {@return an optional setting that holds one of the constants of an enum, written as {@link #word} writes them} */
    public static Setting choice(String name, Class<? extends Enum<?>> words) {
        return choice(
                name, Stream.of(words.getEnumConstants()).map(Setting::word).toArray(String[]::new));
    }

    /** {@return the word that stands for a constant: its name in lower case, with hyphens} */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return an optional setting that holds a list; a single value is a list of one} */
    public static Setting list(String name) {
        return of(name, Type.LIST);
    }

    /** {@return an optional setting that holds a map of these keys} */
    public static Setting block(String name, BlockKeys keys) {
        return of(name, Type.BLOCK).keys(keys);
    }

    /** {@return an optional setting that holds maps of these keys, by names that the file chooses} */
    public static Setting named(String name, BlockKeys keys) {
        return of(name, Type.NAMED).keys(keys);
    }

    /** {@return an optional setting that holds any tree, which its reader checks} */
    public static Setting any(String name) {
        return of(name, Type.ANY);
    }

    /** {@return this setting with the keys of the map, or of each map, that it may hold} */
    public Setting keys(BlockKeys keys) {
        return within(new Limits(
                limits.least,
                limits.most,
                limits.shortest,
                limits.longest,
                limits.words,
                Objects.requireNonNull(keys)));
    }

    /** {@return this setting of a number, at least {@code least} and at most {@code most}} */
    public Setting between(long least, long most) {
        return within(new Limits(least, most, limits.shortest, limits.longest, limits.words, limits.keys));
    }

    /** {@return this setting of a duration, at least {@code shortest} and at most {@code longest}} */
    public Setting between(Duration shortest, Duration longest) {
        return within(new Limits(limits.least, limits.most, shortest, longest, limits.words, limits.keys));
    }

    /** {@return this setting, with its default as a file would write it} */
    public Setting byDefault(String text) {
        return new Setting(name, type, required, description, limits, text);
    }

    /** {@return this setting, required} */
    public Setting required() {
        return new Setting(name, type, true, description, limits, usual);
    }

    /** {@return this setting, with one sentence of what it is for} */
    public Setting description(String text) {
        return new Setting(name, type, required, text, limits, usual);
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return what it holds} */
    public Type type() {
        return type;
    }

    /** {@return whether there is no default} */
    public boolean isRequired() {
        return required;
    }

    /** {@return what it is for; may be empty} */
    public String description() {
        return description;
    }

    /** {@return the default as a file would write it; empty if there is none} */
    public String defaultText() {
        return usual;
    }

    /** {@return the words that a choice takes, in order} */
    public List<String> words() {
        return limits.words;
    }

    /** {@return the keys of the map, or of each map, that it may hold} */
    public BlockKeys keys() {
        return limits.keys;
    }

    /** {@return the least value, as a file would write it; empty if there is no bound that a reader has to know} */
    public String least() {
        return switch (type) {
            case INTEGER, NUMBER -> limits.least == Integer.MIN_VALUE ? "" : String.valueOf(limits.least);
            case DURATION ->
                limits.shortest.equals(SettingReader.POSITIVE) || limits.shortest.isZero()
                        ? ""
                        : SettingReader.written(limits.shortest);
            default -> "";
        };
    }

    /** {@return the greatest value, as a file would write it; empty if there is no bound that a reader has to know} */
    public String most() {
        return switch (type) {
            case INTEGER, NUMBER -> limits.most >= NO_BOUND ? "" : String.valueOf(limits.most);
            case DURATION -> limits.longest.equals(Limits.NONE.longest) ? "" : SettingReader.written(limits.longest);
            default -> "";
        };
    }

    /**
     * Reads a whole number.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return the number, the default if it is absent; empty if there is neither or after a problem
     */
    public Optional<Long> integer(Value value, String path, Consumer<Problem> problems) {
        return SettingReader.integer(orDefault(value), path, limits.least, limits.most, problems);
    }

    /**
     * Reads a number, which may have a fraction.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return the number, the default if it is absent; empty if there is neither or after a problem
     */
    public Optional<Double> number(Value value, String path, Consumer<Problem> problems) {
        return SettingReader.number(orDefault(value), path, (double) limits.least, (double) limits.most, problems);
    }

    /**
     * Reads a number of bytes.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return the number, the default if it is absent; empty if there is neither or after a problem
     */
    public Optional<Long> bytes(Value value, String path, Consumer<Problem> problems) {
        return SettingReader.bytes(orDefault(value), path, problems);
    }

    /**
     * Reads true or false.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return which of them, the default if it is absent; empty if there is neither or after a problem
     */
    public Optional<Boolean> flag(Value value, String path, Consumer<Problem> problems) {
        return SettingReader.flag(orDefault(value), path, problems);
    }

    /**
     * Reads a duration.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return the duration, the default if it is absent; empty if there is neither or after a problem
     */
    public Optional<Duration> duration(Value value, String path, Consumer<Problem> problems) {
        String example = usual.isEmpty() ? SettingReader.example(limits.shortest) : usual;
        return SettingReader.duration(orDefault(value), path, limits.shortest, limits.longest, example, problems);
    }

    /**
     * Reads one of the words of a choice.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return the word as it is declared, the default if it is absent; empty if there is neither or after a problem
     */
    public Optional<String> word(Value value, String path, Consumer<Problem> problems) {
        Map<String, String> words = new LinkedHashMap<>();
        limits.words.forEach(word -> words.put(word, word));
        return SettingReader.choice(orDefault(value), path, words, problems);
    }

    /**
     * Reads one of the constants of the enum that a choice was declared with.
     *
     * @param value the value; absent for the default
     * @param path where it stands, for problems
     * @return the constant, the default if it is absent; empty if there is neither or after a problem
     */
    public <T extends Enum<T>> Optional<T> choice(
            Value value, String path, Class<T> words, Consumer<Problem> problems) {
        return word(value, path, problems)
                .flatMap(word -> Stream.of(words.getEnumConstants())
                        .filter(constant -> word(constant).equals(word))
                        .findFirst());
    }

    private Value orDefault(Value value) {
        return value instanceof Value.Absent && !usual.isEmpty() ? Value.of(usual) : value;
    }

    /** Reports what is wrong with a value that is there. */
    void check(Value value, String path, Consumer<Problem> problems) {
        switch (type) {
            case TEXT, SECRET -> {
                if (!(value instanceof Value.Sensitive) && value.text().isEmpty()) {
                    problems.accept(Problem.of("wrong-type", path, "must be a text", ""));
                }
            }
            case URI -> {
                if (!Settings.isUri(value)) {
                    problems.accept(Problem.of("wrong-type", path, "must be an absolute URI", ""));
                }
            }
            case INTEGER -> integer(value, path, problems);
            case NUMBER -> number(value, path, problems);
            case BYTES -> bytes(value, path, problems);
            case BOOLEAN -> flag(value, path, problems);
            case DURATION -> duration(value, path, problems);
            case CHOICE -> word(value, path, problems);
            case BLOCK, NAMED -> {
                if (!(value instanceof Value.Fields fields)) {
                    problems.accept(Problem.of("wrong-type", path, "must be a map of keys", ""));
                } else if (type == Type.BLOCK) {
                    limits.keys.check(fields, path, problems);
                }
            }
            case LIST, ANY -> {
                // Read by the connector itself.
            }
        }
    }

    @Override
    public String toString() {
        return name + " (" + type + (required ? ", required)" : ")");
    }
}
