package dev.rollcall.provisioning.plan;

import java.util.Objects;

/**
 * A limit that a plan exceeded. Immutable and thread-safe.
 *
 * @param name as in the configuration file, such as {@code maxDisableOrDelete}; {@code maxAttributeChange} is followed
 *     by a colon and the attribute, {@code vanishedColumn} by a colon and the attribute or group
 * @param limit what is allowed, as a person reads it
 * @param actual what the plan holds, as a person reads it
 * @param allowed whether the caller allowed it for this run, so that it stops nothing
 */
public record Guardrail(String name, String limit, String actual, boolean allowed) {
    /** All are required. */
    public Guardrail {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(actual, "actual");
    }

    @Override
    public String toString() {
        return name + ": " + actual + ", limit " + limit + (allowed ? " (allowed)" : "");
    }
}
