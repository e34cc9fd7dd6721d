package dev.rollcall.provisioning.source;

import java.util.Objects;

/**
 * A column that could not be read for some records; what depends on it stays as it is there. Immutable and thread-safe.
 *
 * @param column its name, at the top of the record
 * @param reason why it could not be read, for the first of these records
 * @param records how many records it is unknown for
 */
public record UnknownColumn(String column, String reason, int records) {
    /** Column and reason are required. */
    public UnknownColumn {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(reason, "reason");
    }
}
