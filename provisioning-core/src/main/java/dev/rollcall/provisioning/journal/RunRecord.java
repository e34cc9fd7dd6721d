package dev.rollcall.provisioning.journal;

import dev.rollcall.provisioning.plan.Counts;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run in the journal. Immutable and thread-safe.
 *
 * @param id what it is known by; sorts by the time of its beginning
 * @param dataSource the name of the data source; of the target for accounts of an application
 * @param target the directory or application that it writes to
 * @param start when it began
 * @param end when it ended; null as long as that is not known
 * @param state how far it has come
 * @param counts for how many entries each kind of change was made; once it has ended
 * @param hash the hash of its plan
 * @param undoes the run that it undoes; null for a run that undoes none
 */
public record RunRecord(
        String id,
        String dataSource,
        String target,
        Instant start,
        @Nullable Instant end,
        RunState state,
        Counts counts,
        String hash,
        @Nullable String undoes) {
    /** All but {@code end} and {@code undoes} are required. */
    public RunRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(hash, "hash");
    }

    /** {@return a run that begins now, and has done nothing} */
    public static RunRecord begun(String id, String dataSource, String target, Instant start, String hash) {
        return new RunRecord(id, dataSource, target, start, null, RunState.APPLYING, Counts.none(), hash, null);
    }

    /** {@return this run as one that undoes another} */
    public RunRecord undoing(String run) {
        return new RunRecord(id, dataSource, target, start, end, state, counts, hash, run);
    }

    /** {@return this run with its end} */
    public RunRecord ended(RunState how, Counts made, Instant at) {
        return new RunRecord(id, dataSource, target, start, at, how, made, hash, undoes);
    }

    /** {@return this run in another state; its end stays if it has one} */
    public RunRecord in(RunState other, Instant at) {
        return new RunRecord(id, dataSource, target, start, end == null ? at : end, other, counts, hash, undoes);
    }

    /** {@return when it ended, if it has} */
    public Optional<Instant> ending() {
        return Optional.ofNullable(end);
    }

    /** {@return the run that it undoes} */
    public Optional<String> undone() {
        return Optional.ofNullable(undoes);
    }
}
