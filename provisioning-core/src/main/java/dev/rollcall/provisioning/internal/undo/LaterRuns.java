package dev.rollcall.provisioning.internal.undo;

import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which runs after the one that is undone wrote the same attributes. They are read from the journal when the first is asked
 * for. Not thread-safe: for one thread at a time.
 */
final class LaterRuns {
    /** What stands for the place of an entry among its attributes. */
    static final String NAME = "the DN";

    private final Journal journal;
    private final RunRecord run;
    private final Set<String> ids = new HashSet<>();
    private @Nullable Map<String, String> writers;

    LaterRuns(Journal journal, RunRecord run, Iterable<NetEntry> entries) {
        this.journal = journal;
        this.run = run;
        entries.forEach(entry -> entry.id().ifPresent(ids::add));
    }

    /** The last of them that wrote this attribute of an entry. */
    Optional<String> changed(NetEntry entry, String attribute) {
        return entry.id().map(id -> writers().get(place(id, attribute)));
    }

    private Map<String, String> writers() {
        Map<String, String> known = writers;
        if (known == null) {
            known = read();
            writers = known;
        }
        return known;
    }

    private Map<String, String> read() {
        List<String> after = new ArrayList<>();
        try (Stream<RunRecord> runs = journal.runs()) {
            runs.takeWhile(other -> !other.id().equals(run.id()))
                    .filter(other -> other.target().equals(run.target()) && isInForce(other))
                    .forEach(other -> after.add(0, other.id()));
        }
        Map<String, String> found = new HashMap<>();
        for (String other : after) {
            try (Stream<ChangeRecord> changes = journal.changes(other)) {
                changes.filter(change -> isDone(change) && ids.contains(change.id()))
                        .forEach(change -> note(found, change, other));
            }
        }
        return found;
    }

    /** A run that was undone, and the run that undid it, come to nothing together. */
    private boolean isInForce(RunRecord other) {
        boolean undid = other.undone()
                .flatMap(journal::run)
                .filter(undone -> undone.state() == RunState.UNDONE)
                .isPresent();
        return (other.state() == RunState.DONE || other.state() == RunState.FAILED) && !undid;
    }

    private static boolean isDone(ChangeRecord change) {
        return change.result()
                .filter(outcome -> outcome.result() == Result.DONE)
                .isPresent();
    }

    private static void note(Map<String, String> found, ChangeRecord change, String run) {
        String id = String.valueOf(change.id());
        change.attributes().forEach(attribute -> found.put(place(id, attribute.name()), run));
        if (change.newDn() != null) {
            found.put(place(id, NAME), run);
        }
    }

    private static String place(String id, String attribute) {
        return id + '\n' + attribute.toLowerCase(Locale.ROOT);
    }
}
