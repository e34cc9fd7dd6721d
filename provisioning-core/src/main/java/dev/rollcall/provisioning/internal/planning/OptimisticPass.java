package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.Names;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.source.RecordCondition;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds an entry against its record in the moment in which it is scanned. Nearly all are as they should be in nearly all
 * runs, and need neither be kept nor be looked at again. Whatever depends on anybody else, as names, references and
 * duplicates do, is left to the {@link SealingPass}. Not thread-safe: for one thread at a time.
 */
final class OptimisticPass implements Names {
    private final RunSettings run;
    private final PlanWatch watch;
    private final SourceRecords records;
    private final Map<DN, GroupRoll> groups;
    private final VanishedColumns vanished;
    private final EntryComparison comparison;
    private final List<String> references;
    private final BitSet met = new BitSet();
    private final BitSet settled = new BitSet();
    private final int[] entries;
    private boolean asked;

    OptimisticPass(
            RunSettings run,
            SourceRecords records,
            Map<DN, GroupRoll> groups,
            EntryComparison comparison,
            VanishedColumns vanished,
            PlanWatch watch) {
        this.watch = watch;
        this.run = run;
        this.records = records;
        this.groups = groups;
        this.vanished = vanished;
        this.comparison = comparison;
        this.references = run.mapping().ownedAttributes().stream()
                .filter(name -> run.directory().values(name).isDn())
                .toList();
        this.entries = new int[records.size()];
        Arrays.fill(entries, Situations.NO_ENTRY);
    }

    /** Whether a record has an entry that is as it should be. */
    boolean isSettled(int record) {
        return settled.get(record);
    }

    /** By record, the number of the entry that is as it should be, or {@link Situations#NO_ENTRY}; for the second look. */
    int[] entries() {
        return entries;
    }

    /**
     * Whether an entry is its record's and as it should be.
     *
     * @param free whether the entry is ours to touch
     */
    boolean settles(int number, ReadOnlyEntry entry, List<String> keys, boolean free) {
        watch.scanned();
        boolean settles = false;
        for (String key : keys) {
            int record = records.find(key);
            if (record >= 0) {
                // Two entries for one person are for a person to sort out, and so is an entry with two keys.
                settles = !run.input().formats().isExplained()
                        && !met.get(record)
                        && free
                        && keys.size() == 1
                        && isAsWanted(records.record(record), entry);
                met.set(record);
                settled.set(record, settles);
                entries[record] = settles ? number : Situations.NO_ENTRY;
            }
        }
        return settles;
    }

    private boolean isAsWanted(UserRecord record, ReadOnlyEntry entry) {
        try {
            return record.fault().isEmpty()
                    && holds(run.input().source().scope(), record)
                    && holds(run.input().source().active(), record)
                    && run.directory().isEnabled(entry)
                    && !TemporaryName.isOn(entry)
                    && run.directory().disabledSince(entry).isEmpty()
                    && isAsMapped(record, entry);
        } catch (RollcallException told) {
            return false; // The second look finds out what is wrong.
        }
    }

    private boolean holds(Optional<RecordCondition> condition, UserRecord record) {
        return condition.isEmpty() || condition.get().test(record, run.input().formats()) == Truth.TRUE;
    }

    private boolean isAsMapped(UserRecord record, ReadOnlyEntry entry) {
        asked = false;
        DesiredEntry desired =
                run.mapping().map(record, run.input().formats().existing(entry).names(this));
        if (asked) {
            return false;
        }
        // Loops, not streams: this is done for everybody, and streams take long to get fast.
        for (AttributeIntent intent : desired.attributes().values()) {
            if (intent instanceof AttributeIntent.Reference) {
                return false;
            }
        }
        for (String reference : references) {
            // Whom a value is about that is neither written nor cleared has to be looked at.
            if (entry.hasAttribute(reference)) {
                return false;
            }
        }
        DN dn = Entries.dn(entry);
        for (GroupIntent intent : desired.groups()) {
            if (!isAsIntended(intent, entry, dn)) {
                return false;
            }
        }
        boolean same = desired.dn().map(wanted -> Placement.isSame(dn, wanted)).orElse(true)
                && comparison
                        .compare(desired, entry, dn, none -> EntryComparison.Target.NOTHING, (attribute, key) -> {})
                        .isEmpty();
        if (same) {
            // Nobody looks at this record again.
            vanished.add(record, desired, entry::hasAttribute, intent -> false);
        }
        return same;
    }

    private boolean isAsIntended(GroupIntent intent, ReadOnlyEntry entry, DN member) {
        GroupRoll group = groups.get(intent.group());
        return group == null || (group.agrees(group.wanted(intent), member) && !group.isPrimaryOf(entry));
    }

    /** Names are given away later, in the order of the keys: a person who needs one is not settled. */
    @Override
    public Optional<String> holder(String attribute, String value) {
        asked = true;
        return Optional.empty();
    }
}
