package dev.rollcall.mapping.rule;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of an attribute whose format has no value. Immutable and thread-safe. */
public final class OnNothing {
    /** The attribute stays as it is. */
    public static final OnNothing SKIP = new OnNothing("skip", null);
    /** The attribute loses its values; a new entry gets none. */
    public static final OnNothing CLEAR = new OnNothing("clear", null);
    /** The record cannot be mapped. */
    public static final OnNothing FAIL = new OnNothing("fail", null);

    private final String word;
    private final @Nullable String format;

    private OnNothing(String word, @Nullable String format) {
        this.word = word;
        this.format = format;
    }

    /** {@return another format, which takes the place of the one without a value} */
    public static OnNothing defaultTo(String format) {
        return new OnNothing("default", Objects.requireNonNull(format, "format"));
    }

    /** {@return skip, clear, default or fail} */
    public String word() {
        return word;
    }

    /** {@return the other format, for a default} */
    public Optional<String> format() {
        return Optional.ofNullable(format);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OnNothing that && word.equals(that.word) && Objects.equals(format, that.format);
    }

    @Override
    public int hashCode() {
        return Objects.hash(word, format);
    }

    @Override
    public String toString() {
        return format == null ? word : "default " + format;
    }
}
