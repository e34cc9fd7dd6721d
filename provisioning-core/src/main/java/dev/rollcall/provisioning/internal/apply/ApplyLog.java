package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.journal.RunJournal;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.plan.FindingCodec;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.RunStorage;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledItems;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Normalized;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.state.StateStore;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps book of what becomes of each change. What may be about everybody is spooled. Not thread-safe: for one thread at
 * a time.
 */
public final class ApplyLog {
    private static final Logger logger = LoggerFactory.getLogger(ApplyLog.class);

    private final Plan plan;
    private final String target;
    private final FailureLimit limit;
    private final StateStore state;
    private final RunJournal journal;
    private final HeldLease lease;
    private final SpoolBudget memory;
    private final BitSet done = new BitSet();
    private final BitSet left = new BitSet();
    private final ApplyCounts counts = new ApplyCounts();
    private final SpooledItems<Outcome> failures;
    private final SpooledItems<Normalized> normalized;
    private final SpooledItems<Conflict> conflicts;
    private final Set<String> unreadable = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final SpooledItems<StateStore.Normalization> learnt;
    private final int planned;
    private int position;
    private int held;
    private int refused;
    private int notTried;
    private final Callbacks callbacks;
    private @Nullable StopReason stopped;
    private @Nullable Throwable cause;

    /**
     * @param target what the state store knows the directory or the application by
     * @param limit how many changes may fail before the run stops
     * @param storage where it is kept in what form the server stores values, the lease without which nothing is written, and the
     *     budget of the spools of this run: the run stops once that has a {@linkplain SpoolBudget#failure() failure}
     * @param journal where the run is recorded
     */
    public ApplyLog(
            Plan plan, String target, FailureLimit limit, HostCallbacks host, RunStorage storage, RunJournal journal) {
        this.plan = plan;
        this.target = target;
        this.limit = limit;
        this.state = storage.state();
        this.lease = storage.lease();
        this.journal = journal;
        this.memory = storage.memory();
        this.failures = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::failure);
        this.normalized = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::normalized);
        this.conflicts = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::conflict);
        this.learnt = new SpooledItems<>(memory, FindingCodec::encode, FindingCodec::normalization);
        this.callbacks = new Callbacks(host);
        this.planned = plan.counts().byKind().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** The place in the plan of the change that comes next. */
    public int next() {
        return position++;
    }

    public void done(int at, Change change, @Nullable String id) {
        done.set(at);
        counts.add(change);
        journal.done(at, change, id);
        tell(Outcome.done(change, id));
    }

    public void failed(Outcome outcome) {
        failures.add(outcome);
        journal.failed(outcome);
        tell(outcome);
    }

    public void left(int at, Change change, Outcome.Status status) {
        done.clear(at);
        left.set(at);
        switch (status) {
            case HELD -> held++;
            case REFUSED -> refused++;
            default -> notTried++;
        }
        journal.left(at, change, status);
        tell(Outcome.left(change, status));
    }

    /** {@code wanted} was written, and {@code stored} was there afterwards. */
    public void normalized(Normalized what, String id, List<ASN1OctetString> wanted, List<ASN1OctetString> stored) {
        normalized.add(what);
        learnt.add(Normalizations.learnt(id, what.attribute(), wanted, stored));
    }

    /** Something that needs a person, and that the plan could not see. */
    public void conflict(Conflict conflict) {
        conflicts.add(conflict);
    }

    /** An attribute that was written and that the account of the runs does not see. */
    void unreadable(String attribute) {
        unreadable.add(attribute);
    }

    public boolean tooManyFailures() {
        return limit.exceededBy(failures.size(), planned);
    }

    private @Nullable Guardrail tripped() {
        return tooManyFailures() ? limit.guardrail(failures.size(), planned) : null;
    }

    /** Where the run is recorded. */
    public RunJournal journal() {
        return journal;
    }

    /** The code that the host passed in. */
    public Callbacks callbacks() {
        return callbacks;
    }

    public void stop(StopReason why, @Nullable Throwable because) {
        if (stopped == null) {
            stopped = why;
            cause = because;
        }
    }

    /** Whether the run still has its lease; if not, it has stopped. */
    public boolean maySend() {
        boolean held = lease.keep();
        if (!held) {
            stop(StopReason.LEASE_LOST, lease.why());
        }
        return held;
    }

    /**
     * Ends the book of a run that memory was too small for: a change that was begun and of which nothing was reported may have
     * been made, and those behind it are not tried.
     */
    public void reportRest() {
        HashIndex failed = new HashIndex();
        failures.list().forEach(outcome -> failed.put(place(outcome.change()), 0));
        int begun = position;
        position = 0;
        try (Stream<Change> changes = plan.changes()) {
            changes.forEachOrdered(change -> {
                int at = next();
                if (at >= begun) {
                    left(at, change, Outcome.Status.NOT_TRIED);
                } else if (!done.get(at) && !left.get(at) && !failed.mayHave(place(change))) {
                    failed(Outcome.unknown(
                            change,
                            "outOfMemory",
                            StopReason.OUT_OF_MEMORY.text() + " before the response was looked at"));
                }
            });
        } catch (OutOfMemoryError again) {
            // Their listeners cannot be called any more; that they were not tried is known all the same.
            notTried += Math.max(0, planned - Math.max(begun, position));
        }
    }

    private static String place(Change change) {
        return change.kind().word() + ' ' + ChangeEntries.of(change);
    }

    /** Whether no change is to be made any more: the run was ended, or something else asks for it. */
    public boolean mustStop() {
        boolean cancelled = Thread.currentThread().isInterrupted() || (stopped == null && callbacks.isCancelled());
        Throwable failure = callbacks.failure();
        if (failure != null) {
            boolean full = failure instanceof OutOfMemoryError;
            stop(full ? StopReason.OUT_OF_MEMORY : StopReason.CALLBACK_FAILED, failure);
        } else if (journal.failure() != null) {
            unrecorded(journal.failure());
        } else if (!lease.keep()) {
            stop(StopReason.LEASE_LOST, lease.why());
        } else if (memory.failure().isPresent()) {
            stop(StopReason.DISK_FULL, memory.failure().get());
        } else if (cancelled) {
            stop(StopReason.CANCELLED, null);
        } else if (tooManyFailures()) {
            stop(StopReason.TOO_MANY_FAILURES, null);
        }
        return stopped != null;
    }

    /** What is to be recorded of a delete is read from the directory, which may be lost then. */
    private void unrecorded(@Nullable RuntimeException why) {
        if (why != null) {
            stop(why instanceof DirectoryException ? StopReason.DIRECTORY_LOST : StopReason.JOURNAL_LOST, why);
        }
    }

    /**
     * What became of everything, once nothing is on its way any more.
     *
     * @throws Error if a callback threw one, but for running out of memory, which is a reason to stop like others
     */
    public Outcomes outcomes() {
        remember();
        journal.end(failures.size() == 0 && stopped == null && callbacks.failure() == null, counts.counts());
        unrecorded(journal.failure());
        Throwable failure = callbacks.failure();
        if (failure instanceof Error error && !(failure instanceof OutOfMemoryError)) {
            throw error;
        } else if (failure != null) {
            // The last listener may have failed with the last change.
            boolean full = failure instanceof OutOfMemoryError;
            stop(full ? StopReason.OUT_OF_MEMORY : StopReason.CALLBACK_FAILED, failure);
        }
        memory.failure().ifPresent(full -> stop(StopReason.DISK_FULL, full));
        List.of(failures, normalized, conflicts, learnt).forEach(SpooledItems::release);
        return new RunOutcomes(
                plan,
                new RunOutcomes.Made(done, counts.counts()),
                new RunOutcomes.Noticed(failures.list(), conflicts.list(), normalized.list(), List.copyOf(unreadable)),
                new RunOutcomes.Left(held, refused, notTried),
                new RunOutcomes.End(tripped(), stopped, cause));
    }

    /** What was changed is to be told in any case; what cannot be remembered is written once more by the next run. */
    private void remember() {
        try {
            state.remember(target, learnt.list());
        } catch (RuntimeException failed) {
            logger.atWarn()
                    .addKeyValue("problem", failed.getMessage())
                    .log("what the server keeps in its own way could not be remembered");
        }
    }

    private void tell(Outcome outcome) {
        callbacks.finished(outcome);
    }
}
