package dev.rollcall.provisioning.source;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the reading of the source went. Immutable and thread-safe. */
public final class SourceReading {
    private final int records;
    private final boolean whole;
    private final boolean cutShort;
    private final @Nullable String reason;
    private final List<UnknownColumn> unknown;
    private final int readings;
    private final List<String> doubts;

    private SourceReading(
            int records,
            boolean whole,
            boolean cutShort,
            @Nullable String reason,
            Collection<UnknownColumn> unknown,
            int readings,
            List<String> doubts) {
        this.records = records;
        this.whole = whole;
        this.cutShort = cutShort;
        this.reason = reason;
        this.unknown = List.copyOf(unknown);
        this.readings = readings;
        this.doubts = List.copyOf(doubts);
    }

    /** {@return the reading of everybody} */
    public static SourceReading whole(int records) {
        return new SourceReading(records, true, false, null, List.of(), 1, List.of());
    }

    /** {@return a reading of some only, for a reason: nobody is missing from it} */
    public static SourceReading part(int records, String reason) {
        return new SourceReading(
                records, false, false, Objects.requireNonNull(reason, "reason"), List.of(), 1, List.of());
    }

    /** {@return a reading that a page ended which could not be read, for a reason: nothing is planned on it} */
    public static SourceReading cutShort(int records, String reason) {
        return new SourceReading(
                records, false, true, Objects.requireNonNull(reason, "reason"), List.of(), 1, List.of());
    }

    /** {@return this reading, with the columns that could not be read for some records, by name} */
    public SourceReading unknown(Collection<UnknownColumn> columns) {
        return new SourceReading(records, whole, cutShort, reason, columns, readings, doubts);
    }

    /** {@return this reading, with how many times the list was read, and why} */
    public SourceReading readings(int times, List<String> because) {
        return new SourceReading(records, whole, cutShort, reason, unknown, times, because);
    }

    /** {@return how many records were read} */
    public int records() {
        return records;
    }

    /** {@return whether everybody was asked for, and every page was read: only then is somebody missing} */
    public boolean isComplete() {
        return whole;
    }

    /** {@return whether a page could not be read, so that nothing was planned} */
    public boolean wasCutShort() {
        return cutShort;
    }

    /** {@return why it is not complete} */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** {@return the columns that could not be read for some records, by name} */
    public List<UnknownColumn> unknown() {
        return unknown;
    }

    /** {@return how many times the list was read: more than once if it contradicted itself, or to confirm an absence} */
    public int readings() {
        return readings;
    }

    /** {@return why the list was read more than once, and what was found out about it} */
    public List<String> doubts() {
        return doubts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceReading that
                && records == that.records
                && whole == that.whole
                && cutShort == that.cutShort
                && Objects.equals(reason, that.reason)
                && unknown.equals(that.unknown)
                && readings == that.readings
                && doubts.equals(that.doubts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(records, whole, reason);
    }

    @Override
    public String toString() {
        return records + " records" + (whole ? "" : ", incomplete: " + reason);
    }
}
