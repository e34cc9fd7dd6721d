package dev.rollcall.provisioning.internal.journal;

import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records one run: each change before it is made, and what became of it. Once the journal cannot be written any more,
 * {@link #failure()} is set, and nothing may be sent that is not recorded. Not thread-safe: for one thread at a time.
 */
public final class RunJournal implements AutoCloseable {
    /** Between two changes of a plan there is room for as many other writes. */
    static final long STEP = 1L << 24;

    private static final int MOST_KNOWN = 1_000;

    /** Null if nothing is recorded. */
    private final @Nullable Recorder recorder;

    /** What is used only where something is recorded. */
    private record Recorder(
            JournalWriter writer, ChangeRecords records, Clock clock, PriorValues prior, Recording.Ahead ahead) {}

    /** Outcomes that are not recorded yet. */
    private final List<ChangeOutcome> known = new ArrayList<>();

    /** By the hash of a change without an outcome, its position. */
    private final Map<Long, Long> open = new HashMap<>();

    /** The hashes of changes that the server has made, whatever is found out about them afterwards. */
    private final Set<Long> confirmed = new HashSet<>();

    /** The hashes of changes that turned out to be made already, by somebody else. */
    private final Set<Long> needless = new HashSet<>();

    private long last;
    private long others;
    private boolean ended;
    private @Nullable RuntimeException failure;

    private RunJournal(@Nullable Recorder recorder) {
        this.recorder = recorder;
    }

    RunJournal(JournalWriter writer, ChangeRecords records, Clock clock, PriorValues prior, Recording.Ahead ahead) {
        this(new Recorder(writer, records, clock, prior, ahead));
    }

    /** A journal of a run that is not recorded. */
    public static RunJournal off() {
        return new RunJournal(null);
    }

    /** Whether anything is recorded. */
    public boolean isOn() {
        return recorder != null;
    }

    /** Why the journal cannot be written any more; null as long as it can. */
    @Nullable
    public RuntimeException failure() {
        return failure;
    }

    /** Returns the changes of the plan as they come, each after it was recorded; many are recorded in one commit. */
    public Iterator<Change> ahead(Iterator<Change> changes) {
        Recorder to = recorder;
        return to == null ? changes : new RecordedChanges(changes, to.ahead(), this::intend);
    }

    /** Records changes, the first of which is at this place of the plan. */
    private void intend(int first, List<Change> changes) {
        Recorder to = recorder;
        if (to == null || failure != null) {
            return;
        }
        try {
            List<Change> deletes = changes.stream()
                    .filter(change -> change.kind() == ChangeKind.DELETE)
                    .toList();
            var prior = deletes.isEmpty()
                    ? Map.<String, List<dev.rollcall.provisioning.plan.AttributeChange>>of()
                    : to.prior().of(deletes);
            List<ChangeRecord> intents = new ArrayList<>();
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                long position = position(first + i);
                var had = change.id().map(prior::get).orElse(null);
                intents.add(to.records()
                        .of(
                                position,
                                change,
                                had == null ? List.of() : to.records().attributes(had)));
                open.put(hash(change), position);
            }
            write(to, intents);
        } catch (RuntimeException failed) {
            failure = failed;
        }
    }

    private void write(Recorder to, List<ChangeRecord> intents) {
        List<ChangeOutcome> outcomes = List.copyOf(known);
        to.writer().record(intents, outcomes);
        known.clear();
    }

    /** The position of a change by its place in the plan. */
    private static long position(int at) {
        return (at + 1L) * STEP;
    }

    /** Notes that the change at this place of the plan is being made: other writes come after it. */
    public void starting(int at) {
        last = position(at);
        others = 0;
    }

    /**
     * Records a write that is no change of the plan; durable when this returns.
     *
     * @return what is to be told what became of it; it must not be sent if {@link Intent#mayBeSent()} is false
     */
    public Intent other(SideWrite write) {
        return others(List.of(write)).get(0);
    }

    /** Records writes that are no changes of the plan, in one commit. */
    public List<Intent> others(List<SideWrite> writes) {
        Recorder to = recorder;
        if (to == null) {
            return writes.stream().map(write -> Intent.UNRECORDED).toList();
        }
        List<ChangeRecord> intents = new ArrayList<>();
        for (SideWrite write : writes) {
            others++;
            intents.add(to.records().of(last + others, write));
        }
        if (failure == null) {
            try {
                write(to, intents);
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }
        boolean recorded = failure == null;
        return intents.stream()
                .map(intent -> recorded
                        ? new Intent(this, intent.position(), null)
                        : new Intent(this, intent.position(), failure))
                .toList();
    }

    /** The server made the change, whatever is found out about it afterwards. */
    public void confirmed(Change change) {
        if (recorder != null) {
            long hash = hash(change);
            // Of one whose outcome is recorded nothing more is kept.
            if (open.containsKey(hash)) {
                confirmed.add(hash);
            }
        }
    }

    /** The change was made before, by somebody else: it is done, but not by this run. */
    public void needless(Change change) {
        if (recorder != null) {
            needless.add(hash(change));
        }
    }

    /** The change at this place of the plan was made. */
    public void done(int at, Change change, @Nullable String id) {
        if (recorder != null) {
            long hash = hash(change);
            boolean was = needless.remove(hash);
            forget(hash);
            add(position(at), was ? Result.NOT_DONE : Result.DONE, id, was ? "it was so before" : null);
        }
    }

    /** The change was tried, and did not succeed. */
    public void failed(Outcome outcome) {
        if (recorder == null) {
            return;
        }
        long hash = hash(outcome.change());
        boolean made = confirmed.contains(hash);
        Long position = forget(hash);
        if (position != null) {
            Result result =
                    outcome.status() == Outcome.Status.UNKNOWN ? Result.UNKNOWN : made ? Result.DONE : Result.NOT_DONE;
            add(position, result, null, outcome.message().isEmpty() ? outcome.code() : outcome.message());
        }
    }

    /** The change at this place of the plan was kept from being made. */
    public void left(int at, Change change, Outcome.Status status) {
        if (recorder != null) {
            forget(hash(change));
            add(
                    position(at),
                    Result.NOT_DONE,
                    null,
                    switch (status) {
                        case HELD -> "the gate put it off";
                        case REFUSED -> "the gate refused it";
                        default -> "not tried";
                    });
        }
    }

    private @Nullable Long forget(long hash) {
        confirmed.remove(hash);
        return open.remove(hash);
    }

    void add(long position, Result result, @Nullable String id, @Nullable String problem) {
        Recorder to = recorder;
        if (to == null) {
            return;
        }
        known.add(new ChangeOutcome(position, result, id, problem, to.clock().instant()));
        if (known.size() >= MOST_KNOWN && failure == null) {
            try {
                write(to, List.of());
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }
    }

    /**
     * Records how the run ended. If that cannot be recorded, {@link #failure()} is set.
     *
     * @param whole whether it came to its end without a failure
     */
    public void end(boolean whole, Counts counts) {
        Recorder to = recorder;
        if (to == null || ended || failure != null) {
            return;
        }
        try {
            if (!known.isEmpty()) {
                write(to, List.of());
            }
            to.writer()
                    .end(
                            whole ? RunState.DONE : RunState.FAILED,
                            counts,
                            to.clock().instant());
            ended = true;
        } catch (RuntimeException failed) {
            failure = failed;
        }
    }

    @Override
    public void close() {
        Recorder to = recorder;
        if (to != null) {
            to.writer().close();
        }
    }

    /** What tells the changes of one run apart. */
    private static long hash(Change change) {
        StringBuilder text = new StringBuilder();
        text.append(change.kind()).append('\n').append(change.key()).append('\n');
        text.append(change.id().orElse("")).append('\n').append(change.label());
        if (change instanceof DirectoryChange entry) {
            text.append('\n').append(entry.newDn().map(Object::toString).orElse(""));
            text.append('\n').append(entry.group().map(Object::toString).orElse(""));
        }
        change.attributes().forEach(attribute -> text.append('\n').append(attribute.name()));
        return HashIndex.hash(text.toString());
    }
}
