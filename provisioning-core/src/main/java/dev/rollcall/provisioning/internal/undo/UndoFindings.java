package dev.rollcall.provisioning.internal.undo;

import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.plan.Situation;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an undo finds besides changes: what was changed since, and what nothing brings back. Not thread-safe: for one thread at a time. */
final class UndoFindings {
    private static final int MOST_NAMED = 20;

    private final Findings findings;
    private final LaterRuns later;

    /** By attribute, the keys of those whose values the journal does not have. */
    private final Map<String, Collection<String>> lost = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    UndoFindings(Findings findings, LaterRuns later) {
        this.findings = findings;
        this.later = later;
    }

    /** What a run did to an attribute is not taken back, since the attribute has another value by now. */
    void changed(NetEntry entry, String attribute, String more) {
        String who = later.changed(entry, attribute)
                .map(run -> "run " + run + " changed it afterwards: undo that run first")
                .orElse("it was changed since");
        conflict(entry, attribute + " of " + entry.last() + " has not the value that the run left, " + who + more);
    }

    /** What a run did to an entry is not taken back. */
    void conflict(NetEntry entry, String detail) {
        conflict(entry.key(), detail);
    }

    void conflict(String key, String detail) {
        findings.conflict(Situation.CHANGED_SINCE, key, detail);
        findings.count(Situation.CHANGED_SINCE, 1);
    }

    void conflict(Situation situation, NetEntry entry, String detail) {
        findings.conflict(situation, entry.key(), detail);
        findings.count(situation, 1);
    }

    /** The journal has fingerprints of the old values, and nothing to write back. */
    void lost(NetEntry entry, String attribute) {
        lost.computeIfAbsent(attribute, none -> new TreeSet<>(KeyOrder.INSTANCE))
                .add(entry.key());
    }

    Findings findings() {
        return findings;
    }

    /** Says in notes what cannot be brought back. */
    void settle(int anew) {
        lost.forEach((attribute, keys) -> findings.note(attribute + " is not brought back, since the journal has"
                + " fingerprints of its values only: "
                + (keys.size() == 1 ? "key " : keys.size() + " entries, keys ")
                + String.join(", ", keys.stream().limit(MOST_NAMED).toList())
                + (keys.size() > MOST_NAMED ? ", .." : "")));
        if (anew > 0) {
            findings.note((anew == 1 ? "1 deleted entry is" : anew + " deleted entries are")
                    + " made anew: with another id, and without the old password");
        }
    }
}
