package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Drafts the end of accounts: they are disabled, moved or deleted. Not thread-safe: for one thread at a time. */
final class LeaverDrafts {
    private final RunSettings run;
    private final ManagedEntries managed;
    private final SearchBaseLookup searchBaseLookup;
    private final Findings findings;
    private final Judgements judgements;
    private final AccountsToEnd accountsToEnd;
    private final DraftedChanges drafted;
    private final Subordinates subordinates;
    private final DisableEffect effect;
    private final EntryFingerprint fingerprints;
    private final LocalDate today;

    LeaverDrafts(PlanInput input, Judgements judgements, AccountsToEnd accountsToEnd, DraftedChanges drafted) {
        this.run = input.run();
        this.managed = input.managed();
        this.searchBaseLookup = input.searchBaseLookup();
        this.findings = input.findings();
        this.judgements = judgements;
        this.accountsToEnd = accountsToEnd;
        this.drafted = drafted;
        this.subordinates = new Subordinates(run, managed);
        this.effect = new DisableEffect(run.directory(), findings);
        this.fingerprints = new EntryFingerprint(run.directory(), run.mapping().ownedAttributes());
        this.today = run.input().today();
    }

    /** Somebody who is in no record; the proof is asked for so that nobody is missing from half a list. */
    void missing(CompleteRead proof, String key, int number, ReadOnlyEntry entry) {
        Objects.requireNonNull(proof, "proof");
        drafted.begin();
        DN dn = Entries.dn(entry);
        Leavers.Action action = ending(entry);
        List<ReadOnlyEntry> below = action == Leavers.Action.DELETE ? subordinates.below(dn) : List.of();
        Optional<String> whole = subordinates.notDeletedBecause(dn, below);
        if (action == Leavers.Action.DELETE && judgements.mayNotBeDeleted(number)) {
            whole = Optional.of(dn + " is not deleted: a record without an entry seems to be about its person");
        }
        if (action == Leavers.Action.DELETE && whole.isPresent()) {
            findings.conflict(Situation.SOURCE_MISSING, key, dn, whole.get() + "; it is disabled");
            action = Leavers.Action.DISABLE;
        }
        if (action == Leavers.Action.DELETE) {
            List<DirectoryChange> deletes = new ArrayList<>();
            for (ReadOnlyEntry child : below) {
                deletes.add(
                        delete(key, child).state(null).waits(!deletes.isEmpty()).build());
            }
            DirectoryChange.Builder draft = delete(key, entry);
            draft.waits(!below.isEmpty());
            deletes.add(draft.build());
            accountsToEnd.ends(number);
            if (drafted.allows(ChangeKind.DELETE, key)) {
                drafted.moves.delete(deletes, number);
            }
        } else {
            end(key, number, entry, action, Situation.SOURCE_MISSING, dn);
        }
        if (action != Leavers.Action.IGNORE) {
            drafted.touch(drafted.memberships.leave(key, entry, Situation.SOURCE_MISSING));
        }
        if (!drafted.isTouched()) {
            findings.unchanged();
        }
        if (run.input().formats().isExplained()) {
            findings.explained(new Explained(
                    key,
                    dn.toString(),
                    Situation.SOURCE_MISSING,
                    "no record has this key; the source was read whole",
                    Map.of()));
        }
    }

    /** What is done now with somebody in no record: who is to be deleted may have to be disabled for some time first. */
    private Leavers.Action ending(ReadOnlyEntry entry) {
        Leavers leavers = run.policies().leavers();
        DirectoryAccess directory = run.directory();
        boolean due = leavers.deleteAfter()
                .map(time -> !directory.isEnabled(entry)
                        && directory
                                .disabledSince(entry)
                                .map(day -> !day.plusDays(time.toDays()).isAfter(today))
                                .orElse(false))
                .orElse(true);
        return leavers.sourceMissing() == Leavers.Action.DELETE && !due
                ? Leavers.Action.DISABLE
                : leavers.sourceMissing();
    }

    private DirectoryChange.Builder delete(String key, ReadOnlyEntry entry) {
        DirectoryChange.Builder draft = drafted.draft(ChangeKind.DELETE, key, entry, Situation.SOURCE_MISSING);
        draft.stage(DirectoryChange.Stage.DELETES);
        draft.leaver(true);
        draft.fingerprint(fingerprints.of(entry));
        return draft;
    }

    /** Disables, and moves if the policy says so; returns where the entry is then. */
    DN end(String key, int number, ReadOnlyEntry entry, Leavers.Action action, Situation situation, DN present) {
        if (action == Leavers.Action.IGNORE) {
            return present;
        }
        DN dn = present;
        DN container = run.policies().leavers().moveTo().orElse(null);
        if (action == Leavers.Action.DISABLE_AND_MOVE
                && container != null
                && !DnForm.same(container, present.getParent())) {
            dn = moveAway(key, number, entry, situation, new DN(present.getRDN(), container))
                    .orElse(present);
        }
        if (run.directory().isEnabled(entry)) {
            List<Modification> modifications = run.directory().disableModifications(entry, today);
            if (modifications.isEmpty()) {
                findings.conflict(
                        Situation.INVALID,
                        key,
                        present,
                        run.directory().accounts().undisabled(entry));
            } else {
                accountsToEnd.ends(number);
                noteReturn();
            }
            drafted.account(ChangeKind.DISABLE, key, entry, Entries.dn(entry), modifications, situation, true);
        }
        effect.check(key, entry);
        return dn;
    }

    /** Said before the first disable: afterwards it is too late for a mark. */
    private void noteReturn() {
        if (run.directory().kind() != DirectoryKind.OPENLDAP
                && run.directory().markAttribute().isEmpty()
                && run.policies().enabling() == Enabling.OURS
                && run.policies().categories().allows(ChangeKind.DISABLE)
                && run.policies().categories().allows(ChangeKind.ENABLE)) {
            findings.note(
                    "without a mark no run can tell which accounts a run has disabled, so that people who return stay"
                            + " disabled: set directory.mark (mark(..)), or policy.enable (enable(..)) to always or never");
        }
    }

    private boolean isTaken(DN dn) {
        return managed.byDn(dn).isPresent()
                || drafted.moves.isClaimed(dn)
                || !searchBaseLookup.inUse(Set.of(dn)).isEmpty();
    }

    private Optional<DN> moveAway(String key, int number, ReadOnlyEntry entry, Situation situation, DN wanted) {
        DN target = isTaken(wanted) ? Placement.besides(wanted, key).orElse(wanted) : wanted;
        if (isTaken(target)) {
            findings.conflict(
                    Situation.DN_TAKEN,
                    key,
                    Entries.dn(entry),
                    target + " is in use; " + entry.getDN() + " is disabled, but not moved");
            return Optional.empty();
        }
        DN parent = target.getParent();
        if (parent == null || !searchBaseLookup.exists(parent)) {
            findings.conflict(Situation.PARENT_MISSING, key, parent + " does not exist; disabled, but not moved");
            return Optional.empty();
        }
        DirectoryChange.Builder draft = drafted.draft(ChangeKind.MOVE, key, entry, situation);
        draft.stage(DirectoryChange.Stage.NAMES);
        draft.newDn(target);
        draft.leaver(true);
        draft.fingerprint(fingerprints.of(entry));
        if (!drafted.allows(ChangeKind.MOVE, key)) {
            return Optional.empty();
        }
        drafted.moves.rename(draft.build(), number, OptionalInt.empty());
        return Optional.of(target);
    }
}
