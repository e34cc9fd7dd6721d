package dev.rollcall.provisioning.plan;

import java.util.Objects;

/**
 * A reference to somebody who has no entry; the present value stays, and the next run tries again. Immutable and
 * thread-safe.
 *
 * @param key the key of the user who refers
 * @param attribute the attribute that holds the reference
 * @param reference the key that is referred to
 */
public record Unresolved(String key, String attribute, String reference) {
    /** All three are required. */
    public Unresolved {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(attribute, "attribute");
        Objects.requireNonNull(reference, "reference");
    }
}
