package dev.rollcall.provisioning;

import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Counts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The journal of a run that is killed: it has what the run was about to do, and not what became of it. */
record JournalOfTheKilled(Journal journal) implements Journal {
    @Override
    public JournalWriter begin(RunRecord run) {
        JournalWriter writer = journal.begin(run);
        return new JournalWriter() {
            @Override
            public void record(Collection<ChangeRecord> intents, Collection<ChangeOutcome> outcomes) {
                writer.record(intents, List.of());
            }

            @Override
            public void end(RunState state, Counts counts, Instant at) {
                // never said
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public Stream<RunRecord> runs() {
        return journal.runs();
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return journal.run(id);
    }

    @Override
    public Stream<ChangeRecord> changes(String run) {
        return journal.changes(run);
    }

    @Override
    public Stream<ChangeRecord> unsettled(String target) {
        return journal.unsettled(target);
    }

    @Override
    public void settle(String run, Collection<ChangeOutcome> outcomes) {
        journal.settle(run, outcomes);
    }

    @Override
    public void mark(String run, RunState state, Instant at) {
        journal.mark(run, state, at);
    }

    @Override
    public void forget(Instant before) {
        journal.forget(before);
    }
}
