package dev.rollcall.provisioning.plan;

import java.util.Objects;

/**
 * What needs a person. Immutable and thread-safe.
 *
 * @param situation of what sort
 * @param key the key of the record; empty if it has none
 * @param detail what is in the way, with the column or the DN; holds no other values
 */
public record Conflict(Situation situation, String key, String detail) {
    /** All three are required. */
    public Conflict {
        Objects.requireNonNull(situation, "situation");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(detail, "detail");
    }
}
