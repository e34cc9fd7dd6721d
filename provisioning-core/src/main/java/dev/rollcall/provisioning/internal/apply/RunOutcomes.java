package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of a plan that was carried out. Thread-safe. */
final class RunOutcomes implements Outcomes {
    /** How many changes were kept from being made: put off, refused by the gate, or not reached. */
    record Left(int held, int refused, int notTried) {
        static final Left NONE = new Left(0, 0, 0);
    }

    /**
     * How the run ended.
     *
     * @param stopped why it stopped before its end, or an empty text
     */
    record End(
            @Nullable DirectoryException directoryLost,
            @Nullable ConnectorException applicationLost,
            @Nullable Guardrail tripped,
            String stopped) {}

    private final Plan plan;
    private final BitSet done;
    private final Counts counts;
    private final List<Outcome> failures;
    private final List<Normalized> normalized;
    private final Left left;
    private final End end;

    RunOutcomes(
            Plan plan,
            BitSet done,
            Counts counts,
            List<Outcome> failures,
            List<Normalized> normalized,
            Left left,
            End end) {
        this.plan = plan;
        this.done = (BitSet) done.clone();
        this.counts = counts;
        this.failures = List.copyOf(failures);
        this.normalized = List.copyOf(normalized);
        this.left = left;
        this.end = end;
    }

    @Override
    public Stream<Change> changes() {
        AtomicInteger position = new AtomicInteger();
        return plan.changes().filter(change -> done.get(position.getAndIncrement()));
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public List<Outcome> failures() {
        return failures;
    }

    @Override
    public List<Conflict> conflicts() {
        return plan.conflicts();
    }

    @Override
    public String hash() {
        return plan.hash();
    }

    @Override
    public List<Normalized> normalized() {
        return normalized;
    }

    @Override
    public int held() {
        return left.held();
    }

    @Override
    public int refused() {
        return left.refused();
    }

    @Override
    public int notTried() {
        return left.notTried();
    }

    @Override
    public Optional<DirectoryException> directoryLost() {
        return Optional.ofNullable(end.directoryLost());
    }

    @Override
    public Optional<ConnectorException> applicationLost() {
        return Optional.ofNullable(end.applicationLost());
    }

    @Override
    public Optional<Guardrail> tripped() {
        return Optional.ofNullable(end.tripped());
    }

    @Override
    public String stopped() {
        return end.stopped();
    }

    @Override
    public boolean isComplete() {
        return failures.isEmpty() && left.equals(Left.NONE) && end.stopped().isEmpty();
    }

    @Override
    public void close() {
        // the streams belong to the plan
    }

    @Override
    public String toString() {
        return counts + "; failed " + failures.size() + (end.stopped().isEmpty() ? "" : ", stopped: " + end.stopped());
    }
}
