package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts for every entry that must end and for every entry with our mark: at the end of planning each of them is ended
 * by the plan, is disabled already, or is named in a conflict. Whatever else left one out is found here, so that no other
 * class has to be trusted with it. Not thread-safe: for one thread at a time.
 */
final class AccountsToEnd {
    /** How many keys a message lists. */
    private static final int LISTED = 40;

    private final RunSettings run;
    private final SourceRecords records;
    private final ManagedEntries managed;
    private final Judgements judgements;
    private final Findings findings;
    private final BitSet ending = new BitSet();

    AccountsToEnd(
            RunSettings run, SourceRecords records, ManagedEntries managed, Judgements judgements, Findings findings) {
        this.run = run;
        this.records = records;
        this.managed = managed;
        this.judgements = judgements;
        this.findings = findings;
    }

    /** Notes that a disable or delete was planned for an entry, or is withheld by the categories. */
    void ends(int entry) {
        ending.set(entry);
    }

    boolean isEnding(int entry) {
        return ending.get(entry);
    }

    /** Reports everything that is left. */
    void close() {
        for (int entry = 0; entry < managed.size(); entry++) {
            if (managed.isEnabled(entry) && !ending.get(entry)) {
                check(entry);
            }
        }
        if (managed.isWhole() && records.complete().isPresent()) {
            checkMarkedElsewhere();
        }
        checkUnreadable();
    }

    /** Of a leaver without an entry it is not known whether the entry is gone or cannot be read. */
    private void checkUnreadable() {
        List<String> lost = judgements.lost();
        if (lost.isEmpty()) {
            return;
        }
        String keys = String.join(", ", lost.subList(0, Math.min(LISTED, lost.size())))
                + (lost.size() > LISTED ? " and others" : "");
        new UnreadableContainers(run.directory())
                .find()
                .forEach((container, because) -> findings.conflict(
                        Situation.ELSEWHERE,
                        lost.size() == 1 ? lost.get(0) : "",
                        container,
                        "an account that must end may be under " + container + ", since " + because
                                + " by the account of the run; no entry was found of " + keys
                                + ": let the run read it, or look by hand"));
    }

    private void check(int number) {
        Optional<Situation> why = judgements.mustEnd(number);
        boolean unreadable = !managed.isKeyed(number) && managed.isMarked(number) && !judgements.isMatched(number);
        if (why.isEmpty() && !unreadable) {
            return;
        }
        ReadOnlyEntry entry = managed.entry(number);
        DN dn = Entries.dn(entry);
        if (findings.isNamed(dn)) {
            return;
        }
        String attribute = run.mapping().key().attribute();
        String key = String.join(", ", managed.keys(entry));
        Optional<String> because = run.directory().protectedBecause(entry);
        if (because.isPresent() && why.isPresent() && !mayBeOurs()) {
            return;
        }
        if (because.isPresent()) {
            String must = why.map(Situation::name).orElse("it has our mark, and no key");
            findings.conflict(
                    Situation.ELSEWHERE,
                    key,
                    dn,
                    dn + " must end (" + must + "), and is protected (" + because.get() + "): end it by hand");
        } else if (unreadable) {
            findings.conflict(
                    Situation.INVALID,
                    key,
                    dn,
                    dn + " has our mark, and no value of " + attribute
                            + " that can be read, so its person is not known:"
                            + " restore the value, let the run read it, or take off the mark");
        } else {
            findings.conflict(
                    Situation.INVALID,
                    key,
                    dn,
                    dn + " must end (" + why.orElseThrow() + "), and no change of this plan ends it: end it by hand");
        }
    }

    /** Whether an entry in no record may be a person's: the key says so, or our mark. */
    private boolean mayBeOurs() {
        return run.directory().markAttribute().isPresent()
                || !NeverSeen.isOfEveryAccount(run.mapping().key().attribute());
    }

    /** An administrator may have moved an entry out of the base, or changed what the filter looks at. */
    private void checkMarkedElsewhere() {
        List<ReadOnlyEntry> found = new ArrayList<>();
        run.directory().scanMarked(Set.of(run.mapping().key().attribute()), entry -> {
            if (run.directory().isEnabled(entry)) {
                found.add(entry);
            }
        });
        for (ReadOnlyEntry entry : found) {
            DN dn = Entries.dn(entry);
            if (managed.byDn(dn).isEmpty() && !findings.isNamed(dn)) {
                findings.conflict(
                        Situation.ELSEWHERE,
                        String.join(", ", managed.keys(entry)),
                        dn,
                        dn + " has our mark, and is outside base and filter, where no run ends it: move it back, end"
                                + " it by hand, or take off the mark");
            }
        }
    }
}
