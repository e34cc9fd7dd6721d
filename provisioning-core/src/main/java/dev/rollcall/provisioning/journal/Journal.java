package dev.rollcall.provisioning.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where runs record what they are about to do before they do it, and what became of it. So every change can be listed,
 * explained and undone, and what a run had on its way when it died can be settled by the next.
 *
 * <p>It holds names and values of people, but no secret: a value that nobody may see is recorded as a fingerprint.
 * Implementations are thread-safe, and fail with a {@link dev.rollcall.connector.RollcallException} if they cannot be
 * read or written.
 */
public interface Journal {
    /**
     * Begins to record a run. It is durable when this returns.
     *
     * @param run the run, in the state {@link RunState#APPLYING}
     * @throws IllegalArgumentException if a run of this id is there
     */
    JournalWriter begin(RunRecord run);

    /** {@return the runs, the newest first; to be closed after use} */
    Stream<RunRecord> runs();

    /** {@return the run of this id; empty if there is none, or it was forgotten} */
    Optional<RunRecord> run(String id);

    /** {@return the changes of a run by position, with what is known of each; to be closed after use} */
    Stream<ChangeRecord> changes(String run);

    /**
     * {@return the changes without outcome of all runs on a directory or application, run by run in the order of their
     * beginnings, and within a run by position; to be closed after use}
     *
     * @param target what {@link RunRecord#target()} names
     */
    Stream<ChangeRecord> unsettled(String target);

    /** Records what became of changes of a run that ended without saying so; durable when this returns. */
    void settle(String run, Collection<ChangeOutcome> outcomes);

    /**
     * Puts a run in another state, as when it is found dead or has been undone; durable when this returns.
     *
     * @throws IllegalArgumentException if there is no run of this id
     */
    void mark(String run, RunState state, Instant at);

    /** Forgets runs that ended before a moment, with their changes, but for those with changes to be settled. */
    void forget(Instant before);

    /** {@return a journal that forgets everything with this program} */
    static Journal memory() {
        return new MemoryJournal();
    }
}
