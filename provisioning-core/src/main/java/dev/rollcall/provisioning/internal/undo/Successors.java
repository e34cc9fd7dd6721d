package dev.rollcall.provisioning.internal.undo;

import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ids that entries have since an undo made them anew: a deleted entry that comes back is the same person under another
 * id. Immutable and thread-safe.
 */
final class Successors {
    private final Map<String, String> next;

    private Successors(Map<String, String> next) {
        this.next = next;
    }

    /** Reads them from the undos after a run, on the same directory. */
    static Successors after(Journal journal, RunRecord run) {
        List<RunRecord> undos = new ArrayList<>();
        try (Stream<RunRecord> runs = journal.runs()) {
            runs.takeWhile(other -> !other.id().equals(run.id()))
                    .filter(other -> other.target().equals(run.target())
                            && other.undone().isPresent())
                    .forEach(undos::add);
        }
        Map<String, String> next = new HashMap<>();
        for (RunRecord undo : undos) {
            Map<String, String> made = byDn(journal, undo.id(), ChangeKind.CREATE);
            if (!made.isEmpty()) {
                byDn(journal, undo.undone().orElseThrow(), ChangeKind.DELETE).forEach((dn, id) -> {
                    String anew = made.get(dn);
                    if (anew != null) {
                        next.put(id, anew);
                    }
                });
            }
        }
        return new Successors(next);
    }

    /** By the form of their DNs, the ids of entries that a run made or deleted. */
    private static Map<String, String> byDn(Journal journal, String run, ChangeKind kind) {
        Map<String, String> ids = new HashMap<>();
        try (Stream<ChangeRecord> changes = journal.changes(run)) {
            changes.filter(change -> change.kind() == kind
                            && change.result()
                                    .filter(outcome -> outcome.result() == Result.DONE)
                                    .isPresent())
                    .forEach(change -> {
                        String id = change.id();
                        if (id != null) {
                            ids.put(DnForm.of(change.dn()), id);
                        }
                    });
        }
        return ids;
    }

    /** The id that an entry has by now. */
    String of(String id) {
        String now = id;
        for (int steps = 0; next.containsKey(now) && steps <= next.size(); steps++) {
            now = next.getOrDefault(now, now);
        }
        return now;
    }
}
