package dev.rollcall.provisioning.internal.run;

import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.internal.records.Selection;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import java.time.Clock;
import java.time.LocalDate;

/**
 * What a run reads. Immutable and thread-safe.
 *
 * @param source the application or file that the users are read from
 * @param selection which of the users the run is about
 * @param formats what formats read beside a record: the run's facts, its clock, zone and seed
 */
public record RunInput(SourceAccess source, Selection selection, MappingInput formats) {
    public Clock clock() {
        return formats.clock();
    }

    /** The day of the run, in its time zone: accounts that it disables are dated with it. */
    public LocalDate today() {
        return LocalDate.now(formats.clock().withZone(formats.zone()));
    }
}
