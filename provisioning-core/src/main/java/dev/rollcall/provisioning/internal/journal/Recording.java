package dev.rollcall.provisioning.internal.journal;

import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether and as what a run is recorded. Immutable; as thread-safe as its parts.
 *
 * @param journal where it is recorded; null if it is not
 * @param dataSource the name of the data source, or of the target for accounts of an application
 * @param clock what time it is
 * @param random makes ids and the salts of fingerprints
 * @param undoes the run that it undoes; null if none
 * @param found what settling earlier runs found, for a person to look at
 * @param ahead how many changes are recorded before they are made
 */
public record Recording(
        @Nullable Journal journal,
        String dataSource,
        Clock clock,
        RandomGenerator random,
        @Nullable String undoes,
        List<Conflict> found,
        Ahead ahead) {
    /**
     * How far changes are recorded ahead of their writes.
     *
     * @param changes at most this many in one commit
     * @param bytes about as much at most
     */
    public record Ahead(int changes, long bytes) {
        private static final int MOST = 1_000;
        private static final int SHARE = 4;

        /** For spools that keep this many bytes in memory. */
        public static Ahead of(long memory) {
            return new Ahead(MOST, Math.max(1, memory / SHARE));
        }
    }

    public Recording {
        found = List.copyOf(found);
    }

    /** Nothing is recorded. */
    public static Recording off() {
        return new Recording(
                null, "", Clock.systemUTC(), RandomGenerator.getDefault(), null, List.of(), new Ahead(1, 1));
    }

    /** This recording of one run. */
    public Recording of(@Nullable String undone, List<Conflict> settled) {
        return new Recording(journal, dataSource, clock, random, undone, settled, ahead);
    }

    /**
     * Begins to record a run; durable when this returns.
     *
     * @param target what the state store knows the directory or the application by
     * @param prior what entries have that are to be deleted
     * @throws dev.rollcall.connector.RollcallException if the journal cannot be written
     */
    public RunJournal begin(String target, Plan plan, PriorValues prior) {
        Journal to = journal;
        if (to == null) {
            return RunJournal.off();
        }
        Instant now = clock.instant();
        RunRecord run = RunRecord.begun(RunIds.next(now, random), dataSource, target, now, plan.hash());
        String undone = undoes;
        RunRecord all = undone == null ? run : run.undoing(undone);
        return new RunJournal(to.begin(all), new ChangeRecords(all.id(), random), clock, prior, ahead);
    }
}
