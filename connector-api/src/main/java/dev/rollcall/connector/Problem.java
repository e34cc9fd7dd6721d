package dev.rollcall.connector;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong: what, where, and what to do about it. Settings, formats, mappings, lint and configuration
 * all speak in problems. Immutable and thread-safe.
 *
 * <p>A problem never holds a secret: its author names the key, not the value.
 */
public final class Problem {
    private final String code;
    private final String path;
    private final String message;
    private final String remedy;
    private final String location;

    private Problem(String code, String path, String message, String remedy, String location) {
        this.code = Objects.requireNonNull(code, "code");
        this.path = Objects.requireNonNull(path, "path");
        this.message = Objects.requireNonNull(message, "message");
        this.remedy = Objects.requireNonNull(remedy, "remedy");
        this.location = Objects.requireNonNull(location, "location");
    }

    /**
     * A problem at a place.
     *
     * @param code a stable kebab-case word that the documentation explains, such as {@code unknown-key}
     * @param path where: the dotted path of a key, such as {@code source.endpoints[0].url}; may be empty
     * @param message what is wrong, in one sentence without a full stop, possibly followed by lines with a caret
     * @param remedy what to do, in one sentence without a full stop; may be empty
     */
    public static Problem of(String code, String path, String message, String remedy) {
        return new Problem(code, path, message, remedy, "");
    }

    /** {@return a stable kebab-case word for this sort of problem} */
    public String code() {
        return code;
    }

    /** {@return the dotted path of the key at fault, or an empty string} */
    public String path() {
        return path;
    }

    /** {@return what is wrong} */
    public String message() {
        return message;
    }

    /** {@return what to do about it, or an empty string} */
    public String remedy() {
        return remedy;
    }

    /** {@return where in a file, as {@code file:line}, if this came from one} */
    public Optional<String> location() {
        return location.isEmpty() ? Optional.empty() : Optional.of(location);
    }

    /** {@return this problem, at {@code prefix.path}} */
    public Problem under(String prefix) {
        String joined =
                path.isEmpty() || prefix.isEmpty() ? prefix + path : prefix + (path.startsWith("[") ? "" : ".") + path;
        return new Problem(code, joined, message, remedy, location);
    }

    /** {@return this problem with the place in a file, such as {@code people.yaml:12}} */
    public Problem at(String fileAndLine) {
        return new Problem(code, path, message, remedy, fileAndLine);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Problem that
                && code.equals(that.code)
                && path.equals(that.path)
                && message.equals(that.message)
                && remedy.equals(that.remedy)
                && location.equals(that.location);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, path, message, remedy, location);
    }

    /** {@return {@code location: path: message; remedy}, as a person reads it} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!location.isEmpty()) {
            text.append(location).append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(message);
        if (!remedy.isEmpty()) {
            text.append(message.contains("\n") ? "\n  " : "; ").append(remedy);
        }
        return text.toString();
    }
}
