package dev.rollcall.mapping.internal.lint;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.run.MappedEntry;
import dev.rollcall.mapping.internal.run.MappingRun;
import org.jspecify.annotations.Nullable;

/** A sample record, and the entry that the mapping makes of it or why it makes none. */
public record LintSample(
        UserRecord record,
        @Nullable MappedEntry entry,
        @Nullable MappingException failure) {
    public static LintSample of(CompiledMapping mapping, UserRecord record, MappingInput input) {
        try {
            return new LintSample(record, new MappingRun(mapping, record, input, null).run(), null);
        } catch (MappingException e) {
            return new LintSample(record, null, e);
        }
    }
}
