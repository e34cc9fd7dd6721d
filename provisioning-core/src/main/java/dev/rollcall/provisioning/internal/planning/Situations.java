package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The situation and the entry of each record of a run, and which entries have a record, are held back, or must not be
 * deleted. Not thread-safe: for one thread at a time.
 */
final class Situations {
    static final int NO_ENTRY = -1;

    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final Findings findings;
    private static final List<Situation> ALL = List.of(Situation.values());

    /** By record, the place of its situation in the list of all. */
    private final byte[] situations;

    private final int[] entries;
    private final BitSet seen = new BitSet();
    private final BitSet keyed = new BitSet();
    private final BitSet held = new BitSet();
    private final BitSet kept = new BitSet();

    /** @param entries by record, the number of the entry that is known already, or {@link #NO_ENTRY} */
    Situations(RunSettings run, SourceRecords records, ManagedEntries managed, Findings findings, int[] entries) {
        this.run = run;
        this.records = records;
        this.managed = managed;
        this.findings = findings;
        this.situations = new byte[records.size()];
        this.entries = entries;
    }

    Situation of(int record) {
        return ALL.get(situations[record]);
    }

    void set(int record, Situation situation) {
        situations[record] = (byte) ALL.indexOf(situation);
    }

    static boolean isLeaver(Situation situation) {
        return situation == Situation.INACTIVE || situation == Situation.OUT_OF_SCOPE;
    }

    /** Whether the policy ends the account of such a leaver. */
    boolean ends(Situation situation) {
        Leavers.Action action = switch (situation) {
            case INACTIVE -> run.policies().leavers().inactive();
            case OUT_OF_SCOPE -> run.policies().leavers().outOfScope();
            default -> run.policies().leavers().sourceMissing();
        };
        return action != Leavers.Action.IGNORE;
    }

    /** The number of the entry that a record is about, or {@link #NO_ENTRY}. */
    int entry(int record) {
        return entries[record];
    }

    void setEntry(int record, int entry) {
        entries[record] = entry;
    }

    /** Whether the key of a record is that of an entry. */
    boolean isKeyed(int record) {
        return keyed.get(record);
    }

    void setKeyed(int record, boolean hasEntry) {
        keyed.set(record, hasEntry);
    }

    /** Notes that an entry has the key of a record. */
    void see(int entry) {
        seen.set(entry);
    }

    boolean isSeen(int entry) {
        return seen.get(entry);
    }

    /** How many entries have the key of a record. */
    int found() {
        return seen.cardinality();
    }

    /** Leaves an entry alone, whatever is missing. */
    void hold(int entry) {
        held.set(entry);
    }

    boolean isHeld(int entry) {
        return held.get(entry);
    }

    /** Lets an entry be disabled and not deleted. */
    void keep(int entry) {
        kept.set(entry);
    }

    boolean isKept(int entry) {
        return kept.get(entry);
    }

    /** Whether an entry is ours, and its person in no record; protected or not. */
    boolean isMissing(int entry) {
        return managed.isKeyed(entry)
                && !seen.get(entry)
                && !managed.isOwnedByOther(entry)
                && (run.directory().markAttribute().isEmpty() || managed.isMarked(entry));
    }

    /** The entries that are missing, and neither protected nor held back. */
    List<Integer> unseen() {
        List<Integer> missing = new ArrayList<>();
        for (int entry = 0; entry < managed.size(); entry++) {
            if (isMissing(entry) && !managed.isProtected(entry) && !held.get(entry)) {
                missing.add(entry);
            }
        }
        return missing;
    }

    /** Reports that a record and an entry seem to be of one person, and leaves both alone. */
    void leaveAlone(int number, ChangedKeys.Tie tie) {
        if (isLeaver(of(number))) {
            // The account ends under either key; only that it is this person's is not certain enough to delete it.
            keep(tie.entry());
            return;
        }
        hold(tie.entry());
        Situation situation = findings.conflict(
                Situation.KEY_CHANGED,
                records.key(number),
                dn(tie.entry()),
                dn(tie.entry()) + " has the key " + keys(tie.entry()) + ", which is in no record, and this record has"
                        + " no entry: " + tie.because() + "; both are left alone");
        if (of(number) == Situation.ABSENT) {
            set(number, situation);
        }
    }

    /** The keys of an entry, for a message. */
    String keys(int entry) {
        return String.join(", ", managed.keys(managed.entry(entry)));
    }

    DN dn(int entry) {
        return Entries.dn(managed.entry(entry));
    }

    /** The DNs of entries, for a message that names them all. */
    String dns(List<Integer> numbers) {
        numbers.forEach(number -> findings.named(dn(number)));
        return numbers.stream().map(number -> dn(number).toString()).sorted().collect(Collectors.joining(" and "));
    }
}
