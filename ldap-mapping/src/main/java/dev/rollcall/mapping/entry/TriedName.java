package dev.rollcall.mapping.entry;

import java.util.Objects;
import java.util.Optional;

/**
 * A name that was tried for a unique attribute.
 *
 * <p>Immutable and thread-safe.
 *
 * @param attribute the attribute it was for
 * @param value the name
 * @param holder who has it; empty if it was free
 */
public record TriedName(String attribute, String value, Optional<String> holder) {
    /** All parts are required. */
    public TriedName {
        Objects.requireNonNull(attribute, "attribute");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(holder, "holder");
    }

    @Override
    public String toString() {
        return value + holder.map(who -> " is taken by " + who).orElse(" is free");
    }
}
