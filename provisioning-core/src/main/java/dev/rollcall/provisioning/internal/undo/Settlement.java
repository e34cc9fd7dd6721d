package dev.rollcall.provisioning.internal.undo;

import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Situation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of changes that earlier runs recorded and left without an outcome, by reading the entries: they
 * hold what was wanted, what was there before, or something else. The caller has the lease, so that no other run is under way.
 * Not thread-safe: for one thread at a time.
 */
public final class Settlement {
    private static final Logger logger = LoggerFactory.getLogger(Settlement.class);
    private static final int BATCH = 100;

    private final Journal journal;
    private final DirectoryAccess directory;
    private final Clock clock;
    private final RecordedEntries entries;
    private final RecordJudge judge;

    public Settlement(RunSettings run, Journal journal) {
        this.journal = journal;
        this.directory = run.directory();
        this.clock = run.input().clock();
        this.entries = new RecordedEntries(directory, run.mapping().key().attribute());
        this.judge = new RecordJudge(directory, entries);
    }

    /**
     * Settles the changes of all earlier runs on this directory, and marks those as failed that ended without saying so.
     *
     * @return what a person must look at: entries that hold neither what was wanted nor what was there before
     */
    public List<Conflict> settle() {
        String target = directory.stateTarget();
        List<RunRecord> dead;
        try (Stream<RunRecord> runs = journal.runs()) {
            dead = runs.filter(run ->
                            run.state() == RunState.APPLYING && run.target().equals(target))
                    .toList();
        }
        Map<String, List<ChangeRecord>> open = new LinkedHashMap<>();
        try (Stream<ChangeRecord> unsettled = journal.unsettled(target)) {
            unsettled.forEach(change -> open.computeIfAbsent(change.run(), none -> new ArrayList<>())
                    .add(change));
        }
        List<Conflict> conflicts = new ArrayList<>();
        open.forEach((run, changes) -> conflicts.addAll(settle(run, changes)));
        dead.forEach(run -> journal.mark(run.id(), RunState.FAILED, clock.instant()));
        return conflicts;
    }

    private List<Conflict> settle(String run, List<ChangeRecord> open) {
        List<Conflict> conflicts = new ArrayList<>();
        RelatedRecords related = RelatedRecords.of(journal, run, open);
        for (int from = 0; from < open.size(); from += BATCH) {
            List<ChangeRecord> some = open.subList(from, Math.min(open.size(), from + BATCH));
            entries.read(some, RecordedEntries.attributes(some));
            List<ChangeOutcome> outcomes = new ArrayList<>();
            for (ChangeRecord change : some) {
                RecordJudge.Verdict verdict = judge.judge(change, related);
                String id = verdict.entry().map(directory::id).orElse(null);
                outcomes.add(
                        new ChangeOutcome(change.position(), verdict.result(), id, verdict.problem(), clock.instant()));
                if (verdict.result() == Result.CONFLICT) {
                    conflicts.add(new Conflict(
                            Situation.CHANGED_SINCE,
                            change.key(),
                            "run " + run + " ended before it was known what became of its "
                                    + change.kind().word() + " of " + change.dn() + ": " + verdict.problem()));
                }
            }
            journal.settle(run, outcomes);
        }
        logger.atInfo()
                .addKeyValue("run", run)
                .addKeyValue("changes", open.size())
                .addKeyValue("conflicts", conflicts.size())
                .log("settled the changes of an earlier run that were left without an outcome");
        return conflicts;
    }
}
