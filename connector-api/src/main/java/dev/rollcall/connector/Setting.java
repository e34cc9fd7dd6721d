package dev.rollcall.connector;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** What one setting of a connector is called, holds and is for. Immutable and thread-safe. */
public final class Setting {
    /** What a setting holds. */
    public enum Type {
        /** Any text. */
        TEXT,
        /** An absolute URI. */
        URI,
        /** A whole number. */
        INTEGER,
        /** True or false. */
        BOOLEAN,
        /** A length of time, such as {@code 30s}. */
        DURATION,
        /** One of a few words. */
        CHOICE,
        /** A credential, only ever given by reference. */
        SECRET
    }

    /** What a setting allows beside its type; each part counts for the types that have it. */
    private record Limits(long least, long most, Duration shortest, Duration longest, List<String> words) {
        static final Limits NONE = new Limits(
                Integer.MIN_VALUE, Integer.MAX_VALUE, SettingReader.POSITIVE, Duration.ofDays(36_500), List.of());
    }

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

    /** {@return an optional setting that holds one of these words; case, hyphens and underscores do not matter} */
    public static Setting choice(String name, String... words) {
        Limits none = Limits.NONE;
        Limits limits = new Limits(none.least, none.most, none.shortest, none.longest, List.of(words));
        return new Setting(name, Type.CHOICE, false, "", limits, "");
    }

    /** {@return this setting of a whole number, at least {@code least} and at most {@code most}} */
    public Setting between(long least, long most) {
        Limits range = new Limits(least, most, limits.shortest, limits.longest, limits.words);
        return new Setting(name, type, required, description, range, usual);
    }

    /** {@return this setting of a duration, at least {@code shortest} and at most {@code longest}} */
    public Setting between(Duration shortest, Duration longest) {
        Limits range = new Limits(limits.least, limits.most, shortest, longest, limits.words);
        return new Setting(name, type, required, description, range, usual);
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
            case BOOLEAN -> SettingReader.flag(value, path, problems);
            case DURATION -> duration(value, path, problems);
            case CHOICE -> {
                Map<String, String> words = new LinkedHashMap<>();
                limits.words.forEach(word -> words.put(word, word));
                SettingReader.choice(value, path, words, problems);
            }
        }
    }

    @Override
    public String toString() {
        return name + " (" + type + (required ? ", required)" : ")");
    }
}
