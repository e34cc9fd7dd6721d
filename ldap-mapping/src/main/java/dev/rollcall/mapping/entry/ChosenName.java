package dev.rollcall.mapping.entry;

import java.util.Objects;

/**
 * A unique name that a mapping chose for one record, to be reserved before the next record is mapped.
 *
 * <p>Immutable and thread-safe.
 *
 * @param attribute the attribute it is for, as the mapping writes it
 * @param value the name
 * @param kept whether the entry has this name already, so that it is nothing new
 */
public record ChosenName(String attribute, String value, boolean kept) {
    /** Both texts are required. */
    public ChosenName {
        Objects.requireNonNull(attribute, "attribute");
        Objects.requireNonNull(value, "value");
    }
}
