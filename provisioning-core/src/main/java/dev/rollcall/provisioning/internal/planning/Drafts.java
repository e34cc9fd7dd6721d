package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.mapping.DesiredEntry;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.guardrail.VanishedColumns;
import dev.rollcall.provisioning.internal.plan.AttributeChanges;
import dev.rollcall.provisioning.internal.plan.ChangeCodec;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Turns what is wanted for a user into changes. Not thread-safe: for one thread at a time. */
final class Drafts {
    private final RunSettings run;
    private final ManagedEntries managed;
    private final Findings findings;
    private final EntryComparison comparison;
    private final VanishedColumns vanished;
    private final DraftedChanges drafted;
    private final LeaverDrafts leavers;
    private final EntryFingerprint fingerprints;
    private final Placement placement;
    private final DanglingReferences dangling;
    private final SchemaCheck schema;
    private final BitSet undated = new BitSet();

    Drafts(
            PlanInput input,
            EntryComparison comparison,
            VanishedColumns vanished,
            Judgements judgements,
            LeaverDrafts leavers,
            DraftedChanges drafted) {
        this.run = input.run();
        this.managed = input.managed();
        this.findings = input.findings();
        this.comparison = comparison;
        this.vanished = vanished;
        this.drafted = drafted;
        this.leavers = leavers;
        this.fingerprints = new EntryFingerprint(run.directory(), run.mapping().ownedAttributes());
        this.dangling = new DanglingReferences(run, managed, judgements, drafted.moves);
        this.placement = new Placement(run, managed, input.searchBaseLookup(), drafted.moves);
        this.schema = new SchemaCheck(run.directory().schema(), run.directory().kind());
    }

    void draft(Wanted wanted, Set<String> inUse, EntryComparison.References references) {
        drafted.begin();
        if (wanted.isLeaver()) {
            leaver(wanted, references);
        } else if (wanted.fault != null || wanted.desired == null) {
            refuse(wanted, Situation.INVALID, String.valueOf(wanted.fault));
        } else if (wanted.entry == null) {
            create(wanted, wanted.desired, inUse, references);
        } else {
            keep(wanted, wanted.desired, wanted.entry, inUse, references);
        }
        if (!drafted.isTouched() && wanted.entry != null && !wanted.situation.isConflict()) {
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
        if (!drafted.allows(ChangeKind.CREATE, wanted.key)) {
            return;
        }
        drafted.moves.create(wanted.key, dn, holder);
        drafted.create(draft.build());
        drafted.touch(drafted.memberships.draft(wanted, dn, desired.groups()));
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
            vanished.add(
                    wanted.record, desired, entry::hasAttribute, intent -> drafted.memberships.leaves(present, intent));
        }
        Reenabling reenabling = new Reenabling(run, entry);
        if (!linked && reenabling.refusal().isPresent()) {
            refuse(wanted, Situation.DISABLED_ELSEWHERE, reenabling.refusal().get());
            return;
        }
        boolean enable = reenabling.isWanted();
        if (linked && !run.policies().categories().allows(ChangeKind.LINK)) {
            drafted.touch(true);
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
        drafted.touch(drafted.memberships.draft(wanted, dn, desired.groups()));
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
                drafted.entries.append(ChangeCodec.encode(change));
            } else {
                findings.withheld(ChangeKind.MODIFY, change.key());
            }
        }
    }

    private void enable(Wanted wanted, ReadOnlyEntry entry, DN dn, boolean wants) {
        if (wants) {
            List<Modification> modifications = run.directory().enableModifications(entry);
            Situation situation = wanted.situation.isConflict() ? Situation.CONFIRMED : wanted.situation;
            drafted.account(ChangeKind.ENABLE, wanted.key, entry, dn, modifications, situation, false);
        }
    }

    /** Takes the date off the mark of an account that somebody else enabled, whatever becomes of its record. */
    void undate(int number) {
        ReadOnlyEntry entry = managed.entry(number);
        if (!undated.get(number)) {
            DirectoryChange.Builder draft = drafted.draft(
                    ChangeKind.MODIFY, managed.keys(entry).stream().findFirst().orElse(""), entry, Situation.CONFIRMED);
            draft.attributes(AttributeChanges.of(run.directory().marks().undated(entry), entry, "mark"));
            drafted.entries.append(ChangeCodec.encode(draft.build()));
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
        DN dn = leavers.end(wanted.key, wanted.entryNumber, entry, action, wanted.situation, Entries.dn(entry));
        if (desired != null) {
            List<AttributeChange> attributes = compare(wanted, desired, entry, dn, references);
            modify(wanted, entry, dn, attributes);
        } else if (wanted.situation == Situation.INACTIVE && !wanted.endOnly) {
            // Told, but no reason to leave the account open.
            findings.conflict(Situation.INVALID, wanted.key, String.valueOf(wanted.fault));
        }
        drafted.touch(drafted.memberships.leave(wanted.key, entry, wanted.situation));
    }

    private boolean rename(Wanted wanted, ReadOnlyEntry entry, DN target, OptionalInt holder, List<DN> parents) {
        DN present = Entries.dn(entry);
        boolean moves = !DnForm.same(present.getParent(), target.getParent());
        DirectoryChange.Builder draft =
                drafted.draft(moves ? ChangeKind.MOVE : ChangeKind.RENAME, wanted.key, entry, wanted.situation);
        draft.stage(DirectoryChange.Stage.NAMES);
        draft.newDn(target);
        draft.missingParents(parents);
        draft.fingerprint(fingerprints.of(entry));
        if (!drafted.allows(moves ? ChangeKind.MOVE : ChangeKind.RENAME, wanted.key)) {
            return false;
        }
        drafted.moves.rename(draft.build(), wanted.entryNumber, holder);
        return true;
    }

    /** The key and the mark go into the link; the rest is an ordinary modification. */
    private List<AttributeChange> link(Wanted wanted, ReadOnlyEntry entry, List<AttributeChange> attributes) {
        String keyAttribute = run.mapping().key().attribute();
        List<AttributeChange> own = new ArrayList<>();
        List<AttributeChange> rest = new ArrayList<>();
        attributes.forEach(change -> (change.name().equalsIgnoreCase(keyAttribute) ? own : rest).add(change));
        own.addAll(AttributeChanges.of(run.directory().markModifications(entry), entry, "mark"));
        DirectoryChange.Builder draft = drafted.draft(ChangeKind.LINK, wanted.key, entry, wanted.situation);
        draft.stage(DirectoryChange.Stage.LINKS);
        draft.fingerprint(fingerprints.of(entry));
        draft.attributes(own);
        if (drafted.allows(ChangeKind.LINK, wanted.key)) {
            drafted.link(draft.build(), wanted.entryNumber);
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
            DirectoryChange.Builder draft = drafted.draft(ChangeKind.MODIFY, wanted.key, entry, wanted.situation);
            draft.attributes(attributes);
            draft.leaver(wanted.isLeaver());
            if (dangling.defers(draft.dn(dn).build())) {
                drafted.touch(true);
            } else {
                drafted.emit(draft, dn);
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
}
