package dev.rollcall.provisioning.internal.journal;

import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import org.jspecify.annotations.Nullable;

/** A recorded write that is no change of the plan. Not thread-safe: for one thread at a time. */
public final class Intent {
    /** Of what needs no record of its own. */
    public static final Intent UNRECORDED = new Intent(null, 0, null);

    private final @Nullable RunJournal journal;
    private final long position;
    private final @Nullable RuntimeException failure;

    Intent(@Nullable RunJournal journal, long position, @Nullable RuntimeException failure) {
        this.journal = journal;
        this.position = position;
        this.failure = failure;
    }

    /** Whether it may be sent: it is recorded, or the run is not. */
    public boolean mayBeSent() {
        return failure == null;
    }

    /** Records what became of it. */
    public void became(Result result) {
        became(result, null);
    }

    /** Records what became of it, and why. */
    public void became(Result result, @Nullable String problem) {
        if (journal != null && mayBeSent()) {
            journal.add(position, result, null, problem);
        }
    }
}
