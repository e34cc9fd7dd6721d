package dev.rollcall.rest.preview;

import java.util.List;
import java.util.Set;

/**
 * What a column holds over the records that were looked at. Immutable and thread-safe. The examples are people's data.
 *
 * @param path as formats name it behind {@code record.}
 * @param types text, number, boolean, object, list, null
 * @param records how many records were looked at
 * @param present in how many the column was there, null included
 * @param filled in how many it had a value
 * @param distinct how many different single values there were
 * @param examples a few of them, shortened
 */
public record ColumnProfile(
        String path, Set<String> types, int records, int present, int filled, int distinct, List<String> examples) {
    /** Collections are copied. */
    public ColumnProfile {
        types = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(types));
        examples = List.copyOf(examples);
    }

    /** {@return whether it could identify a user: never empty, never the same twice, a single value} */
    public boolean isKeyCandidate() {
        return records > 0
                && filled == records
                && distinct == records
                && !types.contains("object")
                && !types.contains("list")
                && !types.contains("boolean");
    }

    /** {@return in how many percent of the records it had a value} */
    public int fillRate() {
        return records == 0 ? 0 : 100 * filled / records;
    }
}
