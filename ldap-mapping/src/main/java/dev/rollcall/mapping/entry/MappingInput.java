package dev.rollcall.mapping.entry;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Value;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping may look at besides the record: the entry as it is, the names that are taken, the run, the clock.
 * Immutable and thread-safe, if its {@link Names} are.
 *
 * <pre>{@code
 * people.map(record, MappingInput.none().existing(entry).names(names));
 * }</pre>
 */
public final class MappingInput {
    private static final MappingInput NONE =
            new MappingInput(null, Names.free(), Value.Fields.none(), Clock.systemUTC(), ZoneOffset.UTC, 0, false);

    private final @Nullable ReadOnlyEntry existing;
    private final Names names;
    private final Value.Fields run;
    private final Clock clock;
    private final ZoneId zone;
    private final long seed;
    private final boolean explained;

    private MappingInput(
            @Nullable ReadOnlyEntry existing,
            Names names,
            Value.Fields run,
            Clock clock,
            ZoneId zone,
            long seed,
            boolean explained) {
        this.existing = existing;
        this.names = Objects.requireNonNull(names, "names");
        this.run = Objects.requireNonNull(run, "run");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.seed = seed;
        this.explained = explained;
    }

    /** {@return no entry, every name free, no run facts, the system's clock in UTC, seed 0} */
    public static MappingInput none() {
        return NONE;
    }

    /** {@return this input for a user who has this entry, with at least the {@link dev.rollcall.mapping.Mapping#readAttributes Mapping.readAttributes}} */
    public MappingInput existing(Entry entry) {
        ReadOnlyEntry copy = entry instanceof ReadOnlyEntry own ? own : new ReadOnlyEntry(entry);
        return new MappingInput(copy, names, run, clock, zone, seed, explained);
    }

    /** {@return this input for a user who has no entry yet} */
    public MappingInput withoutExisting() {
        return new MappingInput(null, names, run, clock, zone, seed, explained);
    }

    /** {@return this input with these taken names} */
    public MappingInput names(Names newNames) {
        return new MappingInput(existing, newNames, run, clock, zone, seed, explained);
    }

    /** {@return this input with what formats read as {@code run.}} */
    public MappingInput run(Value.Fields newRun) {
        return new MappingInput(existing, names, newRun, clock, zone, seed, explained);
    }

    /** {@return this input with another clock} */
    public MappingInput clock(Clock newClock) {
        return new MappingInput(existing, names, run, newClock, zone, seed, explained);
    }

    /** {@return this input with the time zone in which dates without one are meant} */
    public MappingInput zone(ZoneId newZone) {
        return new MappingInput(existing, names, run, clock, newZone, seed, explained);
    }

    /** {@return this input with another seed for what is random; each key and attribute has its own sequence} */
    public MappingInput seed(long newSeed) {
        return new MappingInput(existing, names, run, clock, zone, newSeed, explained);
    }

    /** {@return this input, with which {@link dev.rollcall.mapping.DesiredEntry#because DesiredEntry.because} tells all that {@link dev.rollcall.mapping.Mapping#explain Mapping.explain} does} */
    public MappingInput explained() {
        return new MappingInput(existing, names, run, clock, zone, seed, true);
    }

    /** {@return the user's entry, if there is one} */
    public Optional<ReadOnlyEntry> existing() {
        return Optional.ofNullable(existing);
    }

    /** {@return who has which name} */
    public Names names() {
        return names;
    }

    /** {@return what formats read as {@code run.}} */
    public Value.Fields run() {
        return run;
    }

    /** {@return the clock} */
    public Clock clock() {
        return clock;
    }

    /** {@return the time zone in which dates without one are meant} */
    public ZoneId zone() {
        return zone;
    }

    /** {@return the seed} */
    public long seed() {
        return seed;
    }

    /** {@return whether it is to be told in full where values come from} */
    public boolean isExplained() {
        return explained;
    }
}
