package dev.rollcall.connector;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a connector is opened with: its own settings by name, and the other blocks of a source as trees (endpoints,
 * authorization), which the provider reads itself. Immutable and thread-safe. {@code toString} prints names only.
 */
public final class Settings {
    /** The key under which a source holds the settings that the descriptor declares. */
    private static final String OWN = "settings";

    private static final int LAST_PORT = 65_535;

    private final Value.Fields source;
    private final Value.Fields own;
    private final Map<Object, Object> readings = new ConcurrentHashMap<>();

    private Settings(Value.Fields source) {
        this.source = source;
        this.own = source.get(OWN) instanceof Value.Fields fields ? fields : Value.Fields.none();
    }

    /** {@return settings from a whole source block, with the connector's own under {@code settings}} */
    public static Settings of(Value.Fields source) {
        return new Settings(Objects.requireNonNull(source, "source"));
    }

    /** {@return no settings at all} */
    public static Settings none() {
        return new Settings(Value.Fields.none());
    }

    /** {@return a builder for settings in code} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the value of a setting; absent if it is not set} */
    public Value value(String name) {
        return own.get(name);
    }

    /** {@return the connector's own settings as a tree, for {@code settings.} in formats} */
    public Value.Fields own() {
        return own;
    }

    /** {@return another block of the source, such as {@code endpoints} or {@code authorization}; absent if not given} */
    public Value block(String name) {
        return source.get(name);
    }

    /**
     * {@return what a provider makes of these settings, which is computed at the first call only}
     *
     * <p>A provider is asked to check settings and then to open a connector with the same ones. It reads them here, so that
     * a block is parsed once in a run.
     *
     * @param provider whose reading it is
     * @param type of the reading; an immutable one
     * @param reading computes it from the settings alone
     */
    public <T> T once(Object provider, Class<T> type, Function<Settings, T> reading) {
        Object known = readings.get(provider);
        if (known == null) {
            T read = reading.apply(this);
            Object first = readings.putIfAbsent(provider, read);
            known = first == null ? read : first;
        }
        return type.cast(known);
    }

    /** {@return the whole source block} */
    public Value.Fields source() {
        return source;
    }

    /** {@return an optional text setting} */
    public Optional<String> optionalText(String name) {
        Value value = own.get(name);
        Optional<String> text = value instanceof Value.Sensitive sensitive
                ? Optional.of(sensitive.secret().reveal())
                : value.text();
        return text.filter(given -> !given.isBlank());
    }

    /**
     * A text setting.
     *
     * @throws ConfigurationException if it is missing or empty
     */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /**
     * An absolute URI.
     *
     * @throws ConfigurationException if it is missing or none
     */
    public URI uri(String name) {
        String text = text(name);
        return parseUri(text)
                .orElseThrow(() -> new ConfigurationException(
                        List.of(Problem.of("wrong-type", path(name), "must be an absolute URI", ""))));
    }

    /**
     * A whole number, or {@code fallback} if it is not set.
     *
     * @throws ConfigurationException if it is none
     */
    public int integer(String name, int fallback) {
        return read(problems ->
                        SettingReader.integer(given(name), path(name), Integer.MIN_VALUE, Integer.MAX_VALUE, problems))
                .map(Long::intValue)
                .orElse(fallback);
    }

    /**
     * True or false, or {@code fallback} if it is not set.
     *
     * @throws ConfigurationException if it is neither
     */
    public boolean flag(String name, boolean fallback) {
        return read(problems -> SettingReader.flag(given(name), path(name), problems))
                .orElse(fallback);
    }

    /**
     * A positive duration such as {@code 30s}, or {@code fallback} if it is not set.
     *
     * @throws ConfigurationException if it is none
     */
    public Duration duration(String name, Duration fallback) {
        return read(problems -> Setting.duration(name).duration(given(name), path(name), problems))
                .orElse(fallback);
    }

    /** The value of a setting; absent also if it is empty. */
    private Value given(String name) {
        return optionalText(name).isPresent() ? own.get(name) : Value.absent();
    }

    private static <T> Optional<T> read(Function<Consumer<Problem>, Optional<T>> reading) {
        List<Problem> problems = new ArrayList<>();
        Optional<T> value = reading.apply(problems::add);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return value;
    }

    private static String path(String name) {
        return OWN + "." + name;
    }

    /**
     * A credential.
     *
     * @throws ConfigurationException if it is missing or empty
     */
    public Secret secret(String name) {
        return optionalSecret(name).orElseThrow(() -> missing(name));
    }

    /** {@return an optional credential} */
    public Optional<Secret> optionalSecret(String name) {
        return optionalText(name).map(Secret::of);
    }

    static boolean isUri(Value value) {
        Optional<String> text = value instanceof Value.Sensitive sensitive
                ? Optional.of(sensitive.secret().reveal())
                : value.text();
        return text.flatMap(Settings::parseUri).isPresent();
    }

    private static Optional<URI> parseUri(String text) {
        try {
            URI uri = URI.create(text);
            return uri.isAbsolute() && uri.getPort() <= LAST_PORT ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ConfigurationException missing(String name) {
        return new ConfigurationException(List.of(Problem.of("missing", OWN + "." + name, "is required", "set it")));
    }

    @Override
    public String toString() {
        return "Settings" + own.asMap().keySet();
    }

    /** Builds settings in code. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final Map<String, Value> own = new LinkedHashMap<>();
        private final Map<String, Value> blocks = new LinkedHashMap<>();

        private Builder() {}

        /** Sets a text. */
        public Builder set(String name, String text) {
            return set(name, Value.of(text));
        }

        /** Sets a credential. */
        public Builder set(String name, Secret secret) {
            return set(name, Value.of(secret));
        }

        /** Sets any value. */
        public Builder set(String name, Value value) {
            own.put(name, value);
            return this;
        }

        /** Sets another block of the source, such as {@code authorization}. */
        public Builder block(String name, Value value) {
            blocks.put(name, value);
            return this;
        }

        /** {@return the settings} */
        public Settings build() {
            LinkedHashMap<String, Value> source = new LinkedHashMap<>(blocks);
            source.put(OWN, Value.of(own));
            return Settings.of(Value.of(source));
        }
    }
}
