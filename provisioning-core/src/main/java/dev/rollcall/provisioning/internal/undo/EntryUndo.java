package dev.rollcall.provisioning.internal.undo;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.AttributeChanges;
import dev.rollcall.provisioning.internal.plan.EntryFingerprint;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.DirectoryChange.Stage;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drafts the changes that take back what a run did to an entry. Not thread-safe: for one thread at a time. */
final class EntryUndo {
    private static final String NEEDS_DELETE = "category delete";

    private final RunSettings run;
    private final DirectoryAccess directory;
    private final AttributeUndo attributes;
    private final UndoDraft draft;
    private final UndoNames names;
    private final UndoFindings findings;
    private final GroupUndo groups;
    private final EntryFingerprint fingerprints;
    private final String because;

    /** The forms of the DNs of entries that this undo deletes. */
    private final Set<String> deleted = new HashSet<>();

    /** The forms of the DNs of entries that are made anew. */
    private final Set<String> comingBack;

    private int anew;
    private int kept;

    EntryUndo(
            RunSettings run,
            AttributeUndo attributes,
            UndoDraft draft,
            UndoNames names,
            UndoFindings findings,
            String of,
            Set<String> comingBack) {
        this.run = run;
        this.directory = run.directory();
        this.attributes = attributes;
        this.draft = draft;
        this.names = names;
        this.findings = findings;
        this.groups = new GroupUndo(run.directory(), draft, findings);
        this.fingerprints = new EntryFingerprint(directory, run.mapping().ownedAttributes());
        this.because = of;
        this.comingBack = comingBack;
    }

    /** The attributes that must be read of the entry. */
    Set<String> wanted(NetEntry entry) {
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add(run.mapping().key().attribute());
        if (!entry.isDeleted()) {
            entry.attributes().forEach(attribute -> wanted.add(attribute.name()));
        }
        if (entry.isCreated()) {
            wanted.addAll(fingerprints.attributes());
        }
        return wanted;
    }

    /** Takes back what the run did to an entry, which is null if it is not there. */
    void undo(NetEntry entry, @Nullable ReadOnlyEntry current) {
        if (entry.isDeleted()) {
            create(entry, current);
        } else if (current == null) {
            if (entry.isCreated()) {
                findings.findings().unchanged();
            } else {
                findings.conflict(entry, entry.last() + " is gone");
            }
        } else {
            Optional<String> closed = directory
                    .protectedBecause(current)
                    .map(why -> "is protected: " + why)
                    .or(() ->
                            directory.ownedByOther(current).map(mark -> "carries the mark of another source: " + mark));
            if (closed.isPresent()) {
                findings.conflict(entry, current.getDN() + " " + closed.get());
            } else if (entry.isCreated()) {
                remove(entry, current);
            } else {
                change(entry, current);
            }
        }
    }

    /** An entry that the run made: it is deleted, or disabled if it must not be. */
    private void remove(NetEntry entry, ReadOnlyEntry current) {
        DN dn = Entries.dn(current);
        List<String> changed = new ArrayList<>();
        for (RecordedAttribute attribute : entry.attributes()) {
            if (!attributes.isAsLeft(entry, attribute, current)) {
                changed.add(attribute.name());
            }
        }
        if (isDisabledSince(entry, current)) {
            changed.add(directory.accounts().attribute());
        }
        boolean moved = !DnForm.same(dn, entry.last());
        boolean holds = directory.countChildren(dn, 1) > 0;
        boolean whole = changed.isEmpty() && !moved && !holds;
        boolean allowed = run.policies().categories().allows(ChangeKind.DELETE);
        if (!allowed) {
            findings.findings().withheld(ChangeKind.DELETE, entry.key());
            kept++;
        }
        String instead = "; it is disabled, and not deleted";
        changed.forEach(name -> findings.changed(entry, name, instead));
        if (moved) {
            findings.changed(entry, LaterRuns.NAME, instead);
        }
        if (holds) {
            findings.conflict(entry, dn + " has entries below it" + instead);
        }
        boolean goes = whole && allowed;
        groups.leave(entry, current, goes ? Stage.ENDS : Stage.GROUPS, dn);
        if (goes) {
            deleted.add(DnForm.of(dn));
            draft.deletes.add(builder(ChangeKind.DELETE, entry, dn)
                    .stage(Stage.DELETES)
                    .fingerprint(fingerprints.of(current))
                    .state(state(current))
                    .build());
            return;
        }
        List<Modification> disable =
                directory.disableModifications(current, run.input().today());
        if (!disable.isEmpty()) {
            draft.ends.add(builder(ChangeKind.DISABLE, entry, dn)
                    .stage(Stage.ENDS)
                    .state(AccountState.ENABLED)
                    .attributes(AttributeChanges.of(disable, current, because))
                    .build());
        } else if (directory.isEnabled(current)) {
            findings.conflict(entry, directory.accounts().undisabled(current));
        }
    }

    /** In Active Directory a run may have made the account disabled, and the flags say nothing of by whom. */
    private boolean isDisabledSince(NetEntry entry, ReadOnlyEntry current) {
        String attribute = directory.accounts().attribute();
        return directory.kind() != DirectoryKind.ACTIVE_DIRECTORY
                && !directory.isEnabled(current)
                && !entry.has(ChangeKind.DISABLE)
                && entry.attributes().stream().noneMatch(one -> one.name().equalsIgnoreCase(attribute));
    }

    /** An entry that the run deleted is made again, as the journal has it. */
    private void create(NetEntry entry, @Nullable ReadOnlyEntry current) {
        DN dn = entry.last();
        if (current != null) {
            findings.findings().unchanged();
            return;
        }
        String key = entry.key();
        boolean taken = directory.exists(dn) && !deleted.contains(DnForm.of(dn)) && !names.leaves(dn);
        if (taken) {
            findings.conflict(Situation.DN_TAKEN, entry, "another entry has the DN " + dn);
            return;
        }
        String keyAttribute = run.mapping().key().attribute();
        boolean person = entry.attributes().stream()
                .anyMatch(attribute -> attribute.name().equalsIgnoreCase(keyAttribute));
        List<AttributeChange> values = new ArrayList<>();
        for (RecordedAttribute attribute : entry.attributes()) {
            if (attribute.fingerprints()) {
                findings.lost(entry, attribute.name());
            } else if (SettableAttributes.of(directory).contains(attribute.name())) {
                values.add(AttributeChange.of(attribute.name(), List.of(), attribute.before(), because));
            }
        }
        if (values.isEmpty()) {
            findings.conflict(entry, "the journal does not have what " + dn + " had: it could not be read");
            return;
        }
        boolean container = key.isEmpty();
        anew += container ? 0 : 1;
        (container ? draft.parents : draft.creates)
                .add(DirectoryChange.builder(ChangeKind.CREATE, person ? key : "", dn)
                        .stage(Stage.CREATES)
                        .situation(Situation.UNDONE)
                        .attributes(values)
                        .build());
        for (DN group : entry.left()) {
            draft.newMembers.add(DirectoryChange.builder(ChangeKind.GROUP_ADD, person ? key : "", dn)
                    .group(group)
                    .stage(Stage.NEW_MEMBERS)
                    .situation(Situation.UNDONE)
                    .build());
        }
    }

    private void change(NetEntry entry, ReadOnlyEntry current) {
        DN dn = rename(entry, current);
        String keyAttribute = run.mapping().key().attribute();
        List<AttributeChange> ofState = new ArrayList<>();
        List<AttributeChange> others = new ArrayList<>();
        boolean stateChanged = false;
        boolean link = false;
        boolean unlink = false;
        boolean touched = false;
        for (RecordedAttribute attribute : entry.attributes()) {
            switch (attributes.way(entry, attribute, current)) {
                case CHANGE -> {
                    touched = true;
                    AttributeChange back = attributes.back(attribute, current);
                    boolean isKey = attribute.name().equalsIgnoreCase(keyAttribute);
                    unlink |= isKey && hasKey(entry, current);
                    link |= isKey && !hasKey(entry, current);
                    if (refersToDeleted(back)) {
                        release(entry, current, dn, back);
                    } else {
                        (entry.isOfState(attribute.name()) ? ofState : others).add(back);
                    }
                }
                case NOTHING -> {}
                case CHANGED_SINCE -> {
                    touched = true;
                    stateChanged |= entry.isOfState(attribute.name());
                    findings.changed(entry, attribute.name(), "");
                }
                case LOST -> {
                    touched = true;
                    findings.lost(entry, attribute.name());
                }
            }
        }
        if (!ofState.isEmpty() && !stateChanged) {
            state(entry, current, dn, ofState);
        }
        List<AttributeChange> later =
                others.stream().filter(this::refersToComingBack).toList();
        if (!later.isEmpty()) {
            others.removeAll(later);
            draft.references.add(builder(ChangeKind.MODIFY, entry, dn)
                    .stage(Stage.ENTRIES)
                    .attributes(later)
                    .build());
        }
        if (!others.isEmpty()) {
            ChangeKind kind = link ? ChangeKind.LINK : ChangeKind.MODIFY;
            DN at = link ? Entries.dn(current) : dn;
            DirectoryChange change = builder(kind, entry, at)
                    .stage(link ? Stage.LINKS : Stage.ENTRIES)
                    .attributes(others)
                    .build();
            (link ? draft.links : unlink ? draft.unlinks : draft.entries).add(change);
        }
        groups.leave(entry, current, Stage.GROUPS, dn);
        groups.join(entry, current, dn);
        if (!touched
                && !entry.isRenamed()
                && entry.joined().isEmpty()
                && entry.left().isEmpty()) {
            findings.findings().unchanged();
        }
    }

    /** A reference to an entry that is made anew waits until it is there. */
    private boolean refersToComingBack(AttributeChange attribute) {
        return !comingBack.isEmpty()
                && directory.values(attribute.name()).isDn()
                && attribute.added().stream().anyMatch(value -> comingBack.contains(DnForm.of(value.stringValue())));
    }

    private boolean refersToDeleted(AttributeChange attribute) {
        return !deleted.isEmpty()
                && directory.values(attribute.name()).isDn()
                && attribute.removed().stream().anyMatch(value -> deleted.contains(DnForm.of(value.stringValue())));
    }

    /** Takes a reference away before its entry is deleted; it is to where others are now, and follows them back. */
    private void release(NetEntry entry, ReadOnlyEntry current, DN dn, AttributeChange back) {
        List<ASN1OctetString> there = back.after().stream()
                .filter(value -> !comingBack.contains(DnForm.of(value.stringValue())))
                .toList();
        draft.releases.add(builder(ChangeKind.MODIFY, entry, Entries.dn(current))
                .stage(Stage.ENTRIES)
                .attributes(List.of(back.values(back.before(), attributes.afterwards(there))))
                .build());
        if (there.size() < back.after().size()) {
            draft.references.add(builder(ChangeKind.MODIFY, entry, dn)
                    .stage(Stage.ENTRIES)
                    .attributes(List.of(back.values(there, back.after())))
                    .build());
        }
    }

    /** The account's state, with the mark that is dated with it. */
    private void state(NetEntry entry, ReadOnlyEntry current, DN dn, List<AttributeChange> ofState) {
        boolean enabled = directory.isEnabled(current);
        boolean flips = ofState.stream()
                .anyMatch(
                        one -> one.name().equalsIgnoreCase(directory.accounts().attribute()));
        if (!flips) {
            draft.entries.add(builder(ChangeKind.MODIFY, entry, dn)
                    .stage(Stage.ENTRIES)
                    .attributes(ofState)
                    .build());
        } else if (enabled) {
            draft.ends.add(builder(ChangeKind.DISABLE, entry, Entries.dn(current))
                    .stage(Stage.ENDS)
                    .state(AccountState.ENABLED)
                    .attributes(ofState)
                    .build());
        } else {
            draft.entries.add(builder(ChangeKind.ENABLE, entry, dn)
                    .stage(Stage.ENTRIES)
                    .state(AccountState.DISABLED)
                    .attributes(ofState)
                    .build());
        }
    }

    /** Returns where the entry is once the names are back. */
    private DN rename(NetEntry entry, ReadOnlyEntry current) {
        DN now = Entries.dn(current);
        if (!entry.isRenamed() || now.toString().equals(entry.first().toString())) {
            return now;
        }
        boolean asLeft = DnForm.same(now, entry.last());
        if (asLeft) {
            names.add(entry, now);
            return entry.first();
        } else if (!DnForm.same(now, entry.first())) {
            findings.changed(entry, LaterRuns.NAME, "; it is now " + now);
        }
        return now;
    }

    private boolean hasKey(NetEntry entry, ReadOnlyEntry current) {
        return Entries.values(current, run.mapping().key().attribute()).stream()
                .anyMatch(value -> run.mapping().key().normalize(value).equals(entry.key()));
    }

    private AccountState state(ReadOnlyEntry entry) {
        return directory.isEnabled(entry) ? AccountState.ENABLED : AccountState.DISABLED;
    }

    private DirectoryChange.Builder builder(ChangeKind kind, NetEntry entry, DN dn) {
        return DirectoryChange.builder(kind, entry.key(), dn)
                .id(entry.id().orElse(null))
                .situation(Situation.UNDONE);
    }

    /** The forms of the DNs of entries that this undo deletes. */
    Set<String> deleted() {
        return deleted;
    }

    /** How many deleted entries are made anew. */
    int anew() {
        return anew;
    }

    /** Says what the categories keep from being deleted. */
    void settle() {
        if (kept > 0) {
            findings.findings()
                    .note((kept == 1 ? "1 entry that the run made is" : kept + " entries that the run made are")
                            + " disabled, and not deleted: the " + NEEDS_DELETE + " is not allowed");
        }
        if (anew > 0 && directory.kind() == DirectoryKind.ACTIVE_DIRECTORY && run.passwords() == null) {
            findings.findings().note("entries that are made anew are disabled, since they have no password");
        }
    }
}
