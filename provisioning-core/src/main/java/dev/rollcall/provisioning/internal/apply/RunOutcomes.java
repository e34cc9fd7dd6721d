package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import java.util.AbstractList;
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
     * @param tripped the guardrail {@code failures}, if more changes failed than it allows
     * @param stopped why it stopped before its end
     * @param cause what was thrown, if that stopped it
     */
    record End(
            @Nullable Guardrail tripped,
            @Nullable StopReason stopped,
            @Nullable Throwable cause) {}

    /**
     * The changes that were made.
     *
     * @param positions their places in the plan
     */
    record Made(BitSet positions, Counts counts) {
        Made {
            positions = (BitSet) positions.clone();
        }
    }

    /**
     * What was noticed while changes were made.
     *
     * @param normalized values that the server stored in another form
     * @param unreadable attributes that were written and that the account of the runs does not see
     */
    record Noticed(
            List<Outcome> failures, List<Conflict> conflicts, List<Normalized> normalized, List<String> unreadable) {}

    /** One list after another, neither of which changes; a copy may be too large. */
    private static final class Both<T> extends AbstractList<T> {
        private final List<T> first;
        private final List<T> second;

        Both(List<T> first, List<T> second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public T get(int index) {
            return index < first.size() ? first.get(index) : second.get(index - first.size());
        }

        @Override
        public int size() {
            return first.size() + second.size();
        }
    }

    private final Plan plan;
    private final Made made;
    private final Noticed noticed;
    private final Left left;
    private final End end;

    RunOutcomes(Plan plan, Made made, Noticed noticed, Left left, End end) {
        this.plan = plan;
        this.made = made;
        this.noticed = noticed;
        this.left = left;
        this.end = end;
    }

    @Override
    public Stream<Change> changes() {
        AtomicInteger position = new AtomicInteger();
        return plan.changes().filter(change -> made.positions().get(position.getAndIncrement()));
    }

    @Override
    public Counts counts() {
        return made.counts();
    }

    @Override
    public List<Outcome> failures() {
        return noticed.failures();
    }

    @Override
    public List<Conflict> conflicts() {
        return noticed.conflicts().isEmpty() ? plan.conflicts() : new Both<>(plan.conflicts(), noticed.conflicts());
    }

    @Override
    public String hash() {
        return plan.hash();
    }

    @Override
    public List<Normalized> normalized() {
        return noticed.normalized();
    }

    @Override
    public List<String> unreadable() {
        return noticed.unreadable();
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
    public Optional<Guardrail> tripped() {
        return Optional.ofNullable(end.tripped());
    }

    @Override
    public Optional<StopReason> stopped() {
        return Optional.ofNullable(end.stopped());
    }

    @Override
    public Optional<Throwable> cause() {
        return Optional.ofNullable(end.cause());
    }

    @Override
    public boolean isComplete() {
        return noticed.failures().isEmpty() && left.equals(Left.NONE) && end.stopped() == null;
    }

    @Override
    public void close() {
        // the streams belong to the plan
    }

    @Override
    public String toString() {
        return made.counts() + "; failed " + noticed.failures().size()
                + (end.stopped() == null ? "" : ", stopped: " + end.stopped().text());
    }
}
