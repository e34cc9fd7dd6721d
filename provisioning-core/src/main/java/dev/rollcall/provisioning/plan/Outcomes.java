package dev.rollcall.provisioning.plan;

import dev.rollcall.provisioning.directory.DirectoryException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan. Its streams read the plan again, so the plan stays open as long as they are used; closing the
 * outcomes does not close the plan. Thread-safe.
 */
public final class Outcomes implements AutoCloseable {
    private final Plan plan;
    private final BitSet done;
    private final Counts counts;
    private final List<Outcome> failures;
    private final List<Conflict> conflicts;
    private final List<Normalized> normalized;
    private final List<String> unreadable;
    private final int held;
    private final int refused;
    private final int notTried;
    private final @Nullable Guardrail tripped;
    private final @Nullable StopReason stopped;
    private final @Nullable Throwable cause;

    public Outcomes(
            Plan plan,
            BitSet done,
            Counts counts,
            List<Outcome> failures,
            List<Conflict> conflicts,
            List<Normalized> normalized,
            Collection<String> unreadable,
            int held,
            int refused,
            int notTried,
            @Nullable Guardrail tripped,
            @Nullable StopReason stopped,
            @Nullable Throwable cause) {
        this.plan = plan;
        this.done = (BitSet) done.clone();
        this.counts = counts;
        this.failures = List.copyOf(failures);
        this.conflicts = List.copyOf(conflicts);
        this.normalized = List.copyOf(normalized);
        this.unreadable = List.copyOf(unreadable);
        this.held = held;
        this.refused = refused;
        this.notTried = notTried;
        this.tripped = tripped;
        this.stopped = stopped;
        this.cause = cause;
    }

    /** {@return the changes that were made, in the order of the plan; to be closed after use} */
    public Stream<Change> changes() {
        AtomicInteger position = new AtomicInteger();
        return plan.changes().filter(change -> done.get(position.getAndIncrement()));
    }

    /** {@return how many entries each kind of change was made for} */
    public Counts counts() {
        return counts;
    }

    /** {@return what was tried and did not succeed, in the order of the answers} */
    public List<Outcome> failures() {
        return failures;
    }

    /** {@return what needs a person: as the plan found it, then what was found while the changes were made} */
    public List<Conflict> conflicts() {
        if (conflicts.isEmpty()) {
            return plan.conflicts();
        }
        List<Conflict> all = new ArrayList<>(plan.conflicts());
        all.addAll(conflicts);
        return all;
    }

    /** {@return the hash of the plan that was carried out} */
    public String hash() {
        return plan.hash();
    }

    /** {@return attributes of which the server keeps something else than it was given} */
    public List<Normalized> normalized() {
        return normalized;
    }

    /**
     * {@return attributes that were written and that the account of the runs cannot read back, by name: what it cannot read
     * it does not replace}
     */
    public List<String> unreadable() {
        return unreadable;
    }

    /** {@return how many changes the gate put off} */
    public int held() {
        return held;
    }

    /** {@return how many changes the gate refused} */
    public int refused() {
        return refused;
    }

    /** {@return how many changes were not tried because the run stopped} */
    public int notTried() {
        return notTried;
    }

    /** {@return the guardrail {@code failures}, if more changes failed than it allows} */
    public Optional<Guardrail> tripped() {
        return Optional.ofNullable(tripped);
    }

    /** {@return why the run stopped before its end, if it did} */
    public Optional<StopReason> stopped() {
        return Optional.ofNullable(stopped);
    }

    /**
     * {@return what was thrown, if that stopped the run: a {@link DirectoryException} for a lost directory, a
     * {@link dev.rollcall.connector.ConnectorException} for a lost application, what the callback threw, or an
     * {@link OutOfMemoryError}}
     */
    public Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }

    /** {@return whether every change of the plan was made} */
    public boolean isComplete() {
        return failures.isEmpty() && held == 0 && refused == 0 && notTried == 0 && stopped == null;
    }

    /** Nothing to release; the plan has its own. */
    @Override
    public void close() {
        // the streams belong to the plan
    }

    @Override
    public String toString() {
        return counts + "; failed " + failures.size() + (stopped == null ? "" : ", stopped: " + stopped.text());
    }
}
