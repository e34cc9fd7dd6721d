package dev.rollcall.provisioning.journal;

import dev.rollcall.provisioning.plan.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A journal in memory, for tests. Thread-safe. */
final class MemoryJournal implements Journal {
    private static final class Kept {
        private final Map<Long, ChangeRecord> changes = new TreeMap<>();
        private RunRecord run;

        Kept(RunRecord run) {
            this.run = run;
        }
    }

    private final Map<String, Kept> kept = new LinkedHashMap<>();

    @Override
    public synchronized JournalWriter begin(RunRecord run) {
        if (kept.putIfAbsent(run.id(), new Kept(run)) != null) {
            throw new IllegalArgumentException("the journal has a run of the id " + run.id());
        }
        return new JournalWriter() {
            @Override
            public void record(Collection<ChangeRecord> intents, Collection<ChangeOutcome> outcomes) {
                intend(run.id(), intents);
                settle(run.id(), outcomes);
            }

            @Override
            public void end(RunState state, Counts counts, Instant at) {
                ended(run.id(), state, counts, at);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    private synchronized void intend(String run, Collection<ChangeRecord> intents) {
        intents.forEach(intent -> of(run).changes.put(intent.position(), intent));
    }

    private synchronized void ended(String run, RunState state, Counts counts, Instant at) {
        Kept one = of(run);
        one.run = one.run.ended(state, counts, at);
    }

    private Kept of(String run) {
        Kept one = kept.get(run);
        if (one == null) {
            throw new IllegalArgumentException("the journal has no run of the id " + run);
        }
        return one;
    }

    @Override
    public synchronized Stream<RunRecord> runs() {
        List<RunRecord> all = new ArrayList<>();
        kept.values().forEach(each -> all.add(each.run));
        Collections.reverse(all);
        return all.stream();
    }

    @Override
    public synchronized Optional<RunRecord> run(String id) {
        return Optional.ofNullable(kept.get(id)).map(each -> each.run);
    }

    @Override
    public synchronized Stream<ChangeRecord> changes(String run) {
        Kept one = kept.get(run);
        return one == null ? Stream.empty() : List.copyOf(one.changes.values()).stream();
    }

    @Override
    public synchronized Stream<ChangeRecord> unsettled(String target) {
        List<ChangeRecord> open = new ArrayList<>();
        for (Kept one : kept.values()) {
            if (one.run.target().equals(target)) {
                one.changes.values().stream().filter(ChangeRecord::isUnsettled).forEach(open::add);
            }
        }
        return open.stream();
    }

    @Override
    public synchronized void settle(String run, Collection<ChangeOutcome> outcomes) {
        outcomes.forEach(
                outcome -> of(run).changes.computeIfPresent(outcome.position(), (at, change) -> change.with(outcome)));
    }

    @Override
    public synchronized void mark(String run, RunState state, Instant at) {
        Kept one = of(run);
        one.run = one.run.in(state, at);
    }

    @Override
    public synchronized void forget(Instant before) {
        kept.values()
                .removeIf(one -> one.run.ending().filter(before::isAfter).isPresent()
                        && one.changes.values().stream().noneMatch(ChangeRecord::isUnsettled));
    }
}
