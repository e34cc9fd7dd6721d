package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.plan.Situation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Searches for records without an entry that seem to be about a missing entry: by another spelling of its key, a match rule
 * or its DN. Both are left alone. Not thread-safe: for one thread at a time.
 */
final class ChangedKeySearch {
    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final Situations situations;
    private final Findings findings;

    ChangedKeySearch(
            RunSettings run, SourceRecords records, ManagedEntries managed, Situations situations, Findings findings) {
        this.run = run;
        this.records = records;
        this.managed = managed;
        this.situations = situations;
        this.findings = findings;
    }

    /**
     * Finds them among the entries that are missing.
     *
     * @param proof that everybody was read: without it nobody is missing
     */
    void find(CompleteRead proof, List<Integer> missing) {
        Objects.requireNonNull(proof, "proof");
        if (missing.isEmpty()) {
            return;
        }
        ChangedKeys changed = new ChangedKeys(
                run.mapping().match(),
                run.mapping().nameAttributes(),
                run.input().formats(),
                this::newDn);
        for (int entry : missing) {
            ReadOnlyEntry there = managed.entry(entry);
            changed.add(entry, managed.keys(there), attribute -> Entries.values(there, attribute), Entries.dn(there));
        }
        records.eachInOrder(number -> {
            boolean none = !situations.isKeyed(number)
                    && situations.entry(number) == Situations.NO_ENTRY
                    && situations.of(number) != Situation.ELSEWHERE;
            if (none) {
                changed.of(records.record(number), records.key(number))
                        .ifPresent(tie -> situations.leaveAlone(number, tie));
            }
        });
        records.eachKeyless(record -> changed.of(keyed(run.mapping(), record), "")
                .ifPresent(tie -> {
                    situations.hold(tie.entry());
                    findings.conflict(
                            Situation.KEY_CHANGED,
                            situations.keys(tie.entry()),
                            situations.dn(tie.entry()),
                            situations.dn(tie.entry()) + " is in no record, but a record without key"
                                    + Judgements.at(record.origin()) + " seems to be this person's: " + tie.because()
                                    + "; the entry is left alone");
                }));
    }

    /** The DN that a record would get if every name were free; empty if it holds a unique name, which proves nothing. */
    private Optional<DN> newDn(UserRecord record) {
        if (run.mapping().hasUniqueDn()) {
            return Optional.empty();
        }
        try {
            return run.mapping()
                    .map(record, run.input().formats().withoutExisting())
                    .dn();
        } catch (RollcallException cannotBeMapped) {
            return Optional.empty();
        }
    }

    /** A record without key cannot be mapped: it gets one that no entry has. */
    static UserRecord keyed(Mapping mapping, UserRecord record) {
        ColumnPath column = mapping.key().column();
        return column.equals(ColumnPath.ofName(column.column()))
                ? record.with(column.column(), Value.of("(no key)"))
                : record;
    }
}
