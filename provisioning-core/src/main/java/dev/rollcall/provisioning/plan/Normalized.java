package dev.rollcall.provisioning.plan;

import java.util.Objects;

/**
 * An attribute of which the server keeps something else than what it was given. Immutable and thread-safe.
 *
 * @param key the key of the user
 * @param dn the entry
 * @param attribute the attribute
 */
public record Normalized(String key, String dn, String attribute) {
    /** All are required. */
    public Normalized {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(dn, "dn");
        Objects.requireNonNull(attribute, "attribute");
    }
}
