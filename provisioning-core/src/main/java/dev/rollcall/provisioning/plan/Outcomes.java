package dev.rollcall.provisioning.plan;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.provisioning.directory.DirectoryException;
import java.util.BitSet;
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
    private final List<Normalized> normalized;
    private final int held;
    private final int refused;
    private final int notTried;
    private final @Nullable DirectoryException lost;
    private final @Nullable ConnectorException applicationLost;
    private final @Nullable Guardrail tripped;
    private final String stopped;

    public Outcomes(
            Plan plan,
            BitSet done,
            Counts counts,
            List<Outcome> failures,
            List<Normalized> normalized,
            int held,
            int refused,
            int notTried,
            @Nullable DirectoryException lost,
            @Nullable ConnectorException applicationLost,
            @Nullable Guardrail tripped,
            String stopped) {
        this.plan = plan;
        this.done = (BitSet) done.clone();
        this.counts = counts;
        this.failures = List.copyOf(failures);
        this.normalized = List.copyOf(normalized);
        this.held = held;
        this.refused = refused;
        this.notTried = notTried;
        this.lost = lost;
        this.applicationLost = applicationLost;
        this.tripped = tripped;
        this.stopped = stopped;
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

    /** {@return what needs a person, as the plan found it} */
    public List<Conflict> conflicts() {
        return plan.conflicts();
    }

    /** {@return the hash of the plan that was carried out} */
    public String hash() {
        return plan.hash();
    }

    /** {@return attributes of which the server keeps something else than it was given} */
    public List<Normalized> normalized() {
        return normalized;
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

    /** {@return what ended the run early, if the directory was lost} */
    public Optional<DirectoryException> directoryLost() {
        return Optional.ofNullable(lost);
    }

    /** {@return what ended the run early, if the application was lost} */
    public Optional<ConnectorException> applicationLost() {
        return Optional.ofNullable(applicationLost);
    }

    /** {@return the guardrail {@code failures}, if more changes failed than it allows} */
    public Optional<Guardrail> tripped() {
        return Optional.ofNullable(tripped);
    }

    /** {@return why the run stopped before its end, or an empty text} */
    public String stopped() {
        return stopped;
    }

    /** {@return whether every change of the plan was made} */
    public boolean isComplete() {
        return failures.isEmpty() && held == 0 && refused == 0 && notTried == 0 && stopped.isEmpty();
    }

    /** Nothing to release; the plan has its own. */
    @Override
    public void close() {
        // the streams belong to the plan
    }

    @Override
    public String toString() {
        return counts + "; failed " + failures.size() + (stopped.isEmpty() ? "" : ", stopped: " + stopped);
    }
}
