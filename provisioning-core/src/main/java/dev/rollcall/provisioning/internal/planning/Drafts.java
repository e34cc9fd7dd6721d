package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.plan.AttributeChanges;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.WholenessJudge.CompleteRead;
import dev.rollcall.provisioning.internal.spool.HashIndex;
import dev.rollcall.provisioning.internal.spool.Positions;
import dev.rollcall.provisioning.internal.spool.Spool;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Turns what is wanted for a user into changes. Not thread-safe: for one thread at a time. */
final class Drafts implements AutoCloseable {
    private final RunSettings run;
    private final ManagedEntries managed;
    private final Surroundings surroundings;
    private final Findings findings;
    private final EntryComparison comparison;
    private final EntryFingerprint fingerprints;
    private final VanishedColumns vanished;
    private final Placement placement;
    private final LocalDate today;
    private final AccountsToEnd accountsToEnd;

    private final Subordinates subordinates;
    private final DanglingReferences dangling;
    private final Judgements judgements;
    private final BitSet undated = new BitSet();

    final NameMoves moves;
    final Spool ends;
    final Spool links;
    final Spool entries;
    final Spool creates;
    final GroupDrafts memberships;
    final HashIndex created = new HashIndex();
    final Positions createdAt = new Positions();
    private final HashIndex linked = new HashIndex();
    private final Positions linkedAt = new Positions();
    private final List<Integer> linkedEntries = new ArrayList<>();
    private final DisableEffect effect;
    private final SchemaCheck schema;
    private boolean touched;

    Drafts(
            RunSettings run,
            ManagedEntries managed,
            Surroundings surroundings,
            Map<DN, GroupRoll> groups,
            Findings findings,
            EntryComparison comparison,
            VanishedColumns vanished,
            Judgements judgements,
            AccountsToEnd accountsToEnd) {
        this.run = run;
        this.accountsToEnd = accountsToEnd;
        this.judgements = judgements;
        this.subordinates = new Subordinates(run, managed);
        this.vanished = vanished;
        this.managed = managed;
        this.surroundings = surroundings;
        this.findings = findings;
        this.comparison = comparison;
        this.fingerprints = new EntryFingerprint(run.directory(), run.mapping().ownedAttributes());
        this.today = run.input().today();
        this.moves = new NameMoves(run.storage().memory());
        this.dangling = new DanglingReferences(run, managed, judgements, moves);
        this.placement = new Placement(run, managed, surroundings, moves);
        this.ends = new Spool(run.storage().memory());
        this.links = new Spool(run.storage().memory());
        this.entries = new Spool(run.storage().memory());
        this.creates = new Spool(run.storage().memory());
        this.schema = new SchemaCheck(run.directory().schema(), run.directory().kind());
        this.effect = new DisableEffect(run.directory(), findings);
        this.memberships = new GroupDrafts(run, groups, findings);
    }

    void draft(Wanted wanted, Set<String> inUse, EntryComparison.References references) {
        touched = false;
        if (wanted.isLeaver()) {
            leaver(wanted, references);
        } else if (wanted.fault != null || wanted.desired == null) {
            refuse(wanted, Situation.INVALID, String.valueOf(wanted.fault));
        } else if (wanted.entry == null) {
            create(wanted, wanted.desired, inUse, references);
        } else {
            keep(wanted, wanted.desired, wanted.entry, inUse, references);
        }
        if (!touched && wanted.entry != null && !wanted.situation.isConflict()) {
            findings.unchanged();
            if (run.input().formats().isExplained()) {
                DesiredEntry desired = wanted.desired;
                findings.explained(new Explained(
                        wanted.key,
                        wanted.entry.getDN(),
                        wanted.situation,
                        wanted.isLeaver()
                                ? "the record ends the account, and nothing is left to do"
                                : "the entry has every value that the mapping gives",
                        wanted.isLeaver() || desired == null ? Map.of() : desired.because()));
            }
        }
    }

    /** Somebody who is in no record; the proof is asked for so that nobody is missing from half a list. */
    void missing(CompleteRead proof, String key, int number, ReadOnlyEntry entry) {
        java.util.Objects.requireNonNull(proof, "proof");
        touched = false;
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
            if (allowed(ChangeKind.DELETE, key)) {
                moves.delete(deletes, number);
            }
        } else {
            end(key, number, entry, action, Situation.SOURCE_MISSING, dn);
        }
        if (action != Leavers.Action.IGNORE) {
            touched |= memberships.leave(key, entry, Situation.SOURCE_MISSING);
        }
        if (!touched) {
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
        DirectoryChange.Builder draft = draft(ChangeKind.DELETE, key, entry, Situation.SOURCE_MISSING);
        draft.stage(DirectoryChange.Stage.DELETES);
        draft.leaver(true);
        draft.fingerprint(fingerprints.of(entry));
        return draft;
    }

    private void create(Wanted wanted, DesiredEntry desired, Set<String> inUse, EntryComparison.References references) {
        DN dn = placement.spelled(desired.dn().orElseThrow(() -> new IllegalStateException("a new entry needs a DN")));
        List<DN> parents = new ArrayList<>();
        OptionalInt holder = managed.byDn(dn);
        if (isRefused(wanted, dn, holder, inUse, parents)) {
            return;
        }
        DirectoryChange.Builder draft = DirectoryChange.builder(ChangeKind.CREATE, wanted.key, dn);
        draft.situation(wanted.situation);
        draft.stage(DirectoryChange.Stage.CREATES);
        draft.missingParents(parents);
        List<AttributeChange> attributes =
                comparison.create(desired, dn, references, (name, key) -> findings.unresolved(wanted.key, name, key));
        for (AttributeChange attribute : attributes) {
            Optional<String> why = schema.refusal(attribute);
            if (why.isPresent() && schema.isNeeded(attribute, attributes, dn)) {
                refuse(wanted, Situation.INVALID, attribute.name() + ": " + why.get());
                return;
            }
        }
        draft.attributes(taken(wanted.key, attributes));
        if (!allowed(ChangeKind.CREATE, wanted.key)) {
            return;
        }
        moves.create(wanted.key, dn, holder);
        created.put(wanted.key, createdAt.size());
        createdAt.add(creates.append(ChangeCodec.encode(draft.build())));
        touched |= memberships.draft(wanted, dn, desired.groups());
    }

    private void keep(
            Wanted wanted,
            DesiredEntry desired,
            ReadOnlyEntry entry,
            Set<String> inUse,
            EntryComparison.References references) {
        boolean linked = wanted.situation.isLinked();
        if (!linked) {
            DN present = Entries.dn(entry);
            vanished.add(wanted.record, desired, entry::hasAttribute, intent -> memberships.leaves(present, intent));
        }
        Reenabling reenabling = new Reenabling(run, entry);
        if (!linked && reenabling.refusal().isPresent()) {
            refuse(wanted, Situation.DISABLED_ELSEWHERE, reenabling.refusal().get());
            return;
        }
        boolean enable = reenabling.isWanted();
        if (linked && !run.policies().categories().allows(ChangeKind.LINK)) {
            touched = true;
            findings.withheld(ChangeKind.LINK, wanted.key);
            return;
        }
        DN present = Entries.dn(entry);
        DN dn = present;
        DN target = desired.dn().map(placement::spelled).orElse(present);
        if (!Placement.isSame(present, target)) {
            List<DN> parents = new ArrayList<>();
            OptionalInt holder = managed.byDn(target);
            if (holder.isPresent() && holder.getAsInt() == wanted.entryNumber) {
                holder = OptionalInt.empty();
            }
            if (!DnForm.same(present, target) && isRefused(wanted, target, holder, inUse, parents)) {
                // An entry that cannot have its name stays as it is, but its person can log on again.
                enable(wanted, entry, present, enable);
                return;
            }
            if (rename(wanted, entry, target, holder, parents)) {
                dn = target;
            }
        }
        List<AttributeChange> attributes = compare(wanted, desired, entry, dn, references);
        if (linked) {
            attributes = link(wanted, entry, attributes);
        } else {
            // Somebody else enabled the account: the day of our disable says nothing any more.
            if (run.policies().categories().allows(ChangeKind.MODIFY)) {
                undated.set(wanted.entryNumber);
                attributes = AttributeChanges.both(
                        attributes, AttributeChanges.of(run.directory().marks().undated(entry), entry, "mark"));
            }
        }
        modify(wanted, entry, dn, attributes);
        enable(wanted, entry, dn, enable);
        touched |= memberships.draft(wanted, dn, desired.groups());
    }

    private List<AttributeChange> compare(
            Wanted wanted, DesiredEntry desired, ReadOnlyEntry entry, DN dn, EntryComparison.References references) {
        dangling.add(wanted.key, desired, entry);
        return comparison.compare(desired, entry, dn, references, (name, key) -> {
            findings.unresolved(wanted.key, name, key);
            dangling.add(wanted.key, name, entry);
        });
    }

    /** Takes out references that would be about another person from now on; once all DNs are settled. */
    void settleReferences() {
        for (DirectoryChange change : dangling.settled()) {
            if (run.policies().categories().allows(ChangeKind.MODIFY)) {
                entries.append(ChangeCodec.encode(change));
            } else {
                findings.withheld(ChangeKind.MODIFY, change.key());
            }
        }
    }

    /** The entry that gets this key in this plan. */
    OptionalInt linked(String key) {
        int[] found = {-1};
        linked.each(key, number -> {
            if (ChangeCodec.decode(links.read(linkedAt.get(number))).key().equals(key)) {
                found[0] = linkedEntries.get(number);
            }
        });
        return found[0] < 0 ? OptionalInt.empty() : OptionalInt.of(found[0]);
    }

    private void enable(Wanted wanted, ReadOnlyEntry entry, DN dn, boolean wants) {
        if (wants) {
            List<Modification> modifications = run.directory().enableModifications(entry);
            Situation situation = wanted.situation.isConflict() ? Situation.CONFIRMED : wanted.situation;
            account(ChangeKind.ENABLE, wanted.key, entry, dn, modifications, situation, false);
        }
    }

    /** Takes the date off the mark of an account that somebody else enabled, whatever becomes of its record. */
    void undate(int number) {
        ReadOnlyEntry entry = managed.entry(number);
        if (!undated.get(number)) {
            DirectoryChange.Builder draft = draft(
                    ChangeKind.MODIFY, managed.keys(entry).stream().findFirst().orElse(""), entry, Situation.CONFIRMED);
            draft.attributes(AttributeChanges.of(run.directory().marks().undated(entry), entry, "mark"));
            entries.append(ChangeCodec.encode(draft.build()));
        }
    }

    private void leaver(Wanted wanted, EntryComparison.References references) {
        Leavers.Action action = wanted.situation == Situation.INACTIVE
                ? run.policies().leavers().inactive()
                : run.policies().leavers().outOfScope();
        ReadOnlyEntry entry = wanted.entry;
        if (action == Leavers.Action.IGNORE || entry == null) {
            return;
        }
        DesiredEntry desired = wanted.desired;
        DN dn = end(wanted.key, wanted.entryNumber, entry, action, wanted.situation, Entries.dn(entry));
        if (desired != null) {
            List<AttributeChange> attributes = compare(wanted, desired, entry, dn, references);
            modify(wanted, entry, dn, attributes);
        } else if (wanted.situation == Situation.INACTIVE && !wanted.endOnly) {
            // Told, but no reason to leave the account open.
            findings.conflict(Situation.INVALID, wanted.key, String.valueOf(wanted.fault));
        }
        touched |= memberships.leave(wanted.key, entry, wanted.situation);
    }

    /** Disables, and moves if so told; tells where the entry is then. */
    private DN end(
            String key, int number, ReadOnlyEntry entry, Leavers.Action action, Situation situation, DN present) {
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
            account(ChangeKind.DISABLE, key, entry, Entries.dn(entry), modifications, situation, true);
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
                || moves.isClaimed(dn)
                || !surroundings.inUse(Set.of(dn)).isEmpty();
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
        if (parent == null || !surroundings.exists(parent)) {
            findings.conflict(Situation.PARENT_MISSING, key, parent + " does not exist; disabled, but not moved");
            return Optional.empty();
        }
        DirectoryChange.Builder draft = draft(ChangeKind.MOVE, key, entry, situation);
        draft.stage(DirectoryChange.Stage.NAMES);
        draft.newDn(target);
        draft.leaver(true);
        draft.fingerprint(fingerprints.of(entry));
        if (!allowed(ChangeKind.MOVE, key)) {
            return Optional.empty();
        }
        moves.rename(draft.build(), number, OptionalInt.empty());
        return Optional.of(target);
    }

    private boolean rename(Wanted wanted, ReadOnlyEntry entry, DN target, OptionalInt holder, List<DN> parents) {
        DN present = Entries.dn(entry);
        boolean moves = !DnForm.same(present.getParent(), target.getParent());
        DirectoryChange.Builder draft =
                draft(moves ? ChangeKind.MOVE : ChangeKind.RENAME, wanted.key, entry, wanted.situation);
        draft.stage(DirectoryChange.Stage.NAMES);
        draft.newDn(target);
        draft.missingParents(parents);
        draft.fingerprint(fingerprints.of(entry));
        if (!allowed(moves ? ChangeKind.MOVE : ChangeKind.RENAME, wanted.key)) {
            return false;
        }
        this.moves.rename(draft.build(), wanted.entryNumber, holder);
        return true;
    }

    /** The key and the mark go into the link; the rest is an ordinary modification. */
    private List<AttributeChange> link(Wanted wanted, ReadOnlyEntry entry, List<AttributeChange> attributes) {
        String keyAttribute = run.mapping().key().attribute();
        List<AttributeChange> own = new ArrayList<>();
        List<AttributeChange> rest = new ArrayList<>();
        attributes.forEach(change -> (change.name().equalsIgnoreCase(keyAttribute) ? own : rest).add(change));
        own.addAll(AttributeChanges.of(run.directory().markModifications(entry), entry, "mark"));
        DirectoryChange.Builder draft = draft(ChangeKind.LINK, wanted.key, entry, wanted.situation);
        draft.stage(DirectoryChange.Stage.LINKS);
        draft.fingerprint(fingerprints.of(entry));
        draft.attributes(own);
        if (allowed(ChangeKind.LINK, wanted.key)) {
            linked.put(wanted.key, linkedEntries.size());
            linkedEntries.add(wanted.entryNumber);
            linkedAt.add(links.append(ChangeCodec.encode(draft.build())));
        }
        return rest;
    }

    /** What the server takes; the rest is a conflict of its own, and keeps nothing else from being written. */
    private List<AttributeChange> taken(String key, List<AttributeChange> attributes) {
        List<AttributeChange> taken = new ArrayList<>(attributes);
        taken.removeIf(attribute -> {
            Optional<String> why = schema.refusal(attribute);
            why.ifPresent(because -> findings.conflict(Situation.INVALID, key, attribute.name() + ": " + because));
            return why.isPresent();
        });
        return taken;
    }

    private void modify(Wanted wanted, ReadOnlyEntry entry, DN dn, List<AttributeChange> compared) {
        List<AttributeChange> attributes = taken(wanted.key, compared);
        if (!attributes.isEmpty()) {
            DirectoryChange.Builder draft = draft(ChangeKind.MODIFY, wanted.key, entry, wanted.situation);
            draft.attributes(attributes);
            draft.leaver(wanted.isLeaver());
            if (dangling.defers(draft.dn(dn).build())) {
                touched = true;
            } else {
                emit(draft, dn);
            }
        }
    }

    private void account(
            ChangeKind kind,
            String key,
            ReadOnlyEntry entry,
            DN dn,
            List<Modification> modifications,
            Situation situation,
            boolean leaver) {
        if (!modifications.isEmpty()) {
            DirectoryChange.Builder draft = draft(kind, key, entry, situation);
            draft.attributes(
                    AttributeChanges.of(modifications, entry, situation.name().toLowerCase(Locale.ROOT)));
            draft.leaver(leaver);
            if (kind == ChangeKind.DISABLE) {
                // Before anything else, and so before the entry is moved.
                draft.stage(DirectoryChange.Stage.ENDS);
                if (allowed(kind, key)) {
                    ends.append(ChangeCodec.encode(draft.build()));
                }
            } else {
                emit(draft, dn);
            }
        }
    }

    private boolean isRefused(Wanted wanted, DN dn, OptionalInt holder, Set<String> inUse, List<DN> parents) {
        Optional<Placement.Refusal> refusal = placement.refusal(dn, holder.isPresent(), inUse, parents);
        refusal.ifPresent(why -> refuse(wanted, why.situation(), why.detail()));
        return refusal.isPresent();
    }

    private void refuse(Wanted wanted, Situation situation, String detail) {
        wanted.situation = findings.conflict(situation, wanted.key, detail);
    }

    private DirectoryChange.Builder draft(ChangeKind kind, String key, ReadOnlyEntry entry, Situation situation) {
        DirectoryChange.Builder draft = DirectoryChange.builder(kind, key, Entries.dn(entry));
        draft.id(run.directory().id(entry));
        draft.situation(situation);
        draft.state(run.directory().isEnabled(entry) ? AccountState.ENABLED : AccountState.DISABLED);
        return draft;
    }

    private boolean allowed(ChangeKind kind, String key) {
        touched = true;
        if (run.policies().categories().allows(kind)) {
            return true;
        }
        findings.withheld(kind, key);
        return false;
    }

    private void emit(DirectoryChange.Builder draft, DN dn) {
        DirectoryChange change = draft.dn(dn).build();
        if (allowed(change.kind(), change.key())) {
            entries.append(ChangeCodec.encode(change));
        }
    }

    @Override
    public void close() {
        moves.close();
        ends.close();
        links.close();
        entries.close();
        creates.close();
        memberships.close();
    }
}
