package dev.rollcall.mapping;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of several formats of an attribute: it applies if its condition holds. Immutable and thread-safe. */
public final class Alternative {
    private final @Nullable String condition;
    private final String format;

    private Alternative(@Nullable String condition, String format) {
        this.condition = condition;
        this.format = Objects.requireNonNull(format, "format");
    }

    /** {@return a format that applies where a condition holds} */
    public static Alternative when(String condition, String format) {
        return new Alternative(Objects.requireNonNull(condition, "condition"), format);
    }

    /** {@return a format that applies if none before it does} */
    public static Alternative otherwise(String format) {
        return new Alternative(null, format);
    }

    /** {@return when it applies; empty for always} */
    public Optional<String> condition() {
        return Optional.ofNullable(condition);
    }

    /** {@return the format} */
    public String format() {
        return format;
    }

    @Override
    public String toString() {
        return condition == null ? format : format + " when " + condition;
    }
}
