package dev.rollcall.connector;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A credential: a password, a token, an API key. It prints as {@code [secret]}, so that it can be held next to other
 * settings without showing up in a log line or an exception. Immutable and thread-safe.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** {@return a secret with this value} */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** {@return the credential itself, for the one place that sends it} */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
