package dev.rollcall.mapping;

import dev.rollcall.connector.UserRecord;
import org.jspecify.annotations.Nullable;

/** A sample record, and the entry that the mapping makes of it or why it makes none. */
record LintSample(
        UserRecord record,
        @Nullable MappedEntry entry,
        @Nullable MappingException failure) {
    static LintSample of(CompiledMapping mapping, UserRecord record, MappingInput input) {
        try {
            return new LintSample(record, new MappingRun(mapping, record, input, null).run(), null);
        } catch (MappingException e) {
            return new LintSample(record, null, e);
        }
    }
}
