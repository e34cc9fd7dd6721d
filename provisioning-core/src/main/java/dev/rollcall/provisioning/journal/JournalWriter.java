package dev.rollcall.provisioning.journal;

import dev.rollcall.provisioning.plan.Counts;
import java.time.Instant;
import java.util.Collection;

/** Records one run as it goes. Not thread-safe: for one thread at a time. */
public interface JournalWriter extends AutoCloseable {
    /**
     * Records what is about to be done, and what became of earlier changes, in one commit. All of it is durable when this
     * returns: nothing of a change is sent before.
     *
     * @param intents in the order of their positions, each position once in a run; a later call may bring positions
     *     that lie between those of earlier ones
     * @param outcomes of changes whose intents were recorded before; may be empty; of several for one change the last counts
     */
    void record(Collection<ChangeRecord> intents, Collection<ChangeOutcome> outcomes);

    /**
     * Records how the run ended; durable when this returns.
     *
     * @param state {@link RunState#DONE} or {@link RunState#FAILED}
     * @param counts for how many entries each kind of change was made
     * @param at when it ended
     */
    void end(RunState state, Counts counts, Instant at);

    /** Lets go of what it holds. A run that has not ended stays as it is, to be settled later. */
    @Override
    void close();
}
