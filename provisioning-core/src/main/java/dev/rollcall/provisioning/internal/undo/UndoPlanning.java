package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.state.Normalizations;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the plan that undoes a run: reads what the run left, and takes back what is still so. Immutable and thread-safe. */
public final class UndoPlanning {
    private static final int BATCH = 100;

    private final RunSettings run;
    private final Journal journal;

    public UndoPlanning(RunSettings run, Journal journal) {
        this.run = run;
        this.journal = journal;
    }

    /**
     * Plans the undo of a run. The caller has the lease, so that no other run is under way.
     *
     * @throws IllegalArgumentException if the journal has no such run, or it wrote to another directory
     * @throws IllegalStateException if the run was undone before, or never wrote anything
     */
    public Plan plan(String id) {
        DirectoryAccess directory = run.directory();
        RunRecord undone = find(id);
        directory.beginRun();
        List<Conflict> settled = new Settlement(run, journal).settle();
        NetChanges net;
        try (Stream<ChangeRecord> changes = journal.changes(id)) {
            net = NetChanges.of(changes);
        }
        Successors successors = Successors.after(journal, undone);
        net.entries().forEach(entry -> entry.follow(successors));
        String because = "undo of run " + id;
        Findings found = new Findings(run.storage().memory());
        UndoFindings findings = new UndoFindings(found, new LaterRuns(journal, undone, net.entries()));
        // What was settled of this run is among its uncertain changes.
        settled.stream()
                .filter(conflict -> !conflict.detail().contains(id))
                .forEach(conflict -> found.conflict(conflict.situation(), conflict.key(), conflict.detail()));
        for (ChangeRecord change : net.uncertain()) {
            String why = change.result().map(ChangeOutcome::problem).orElse(null);
            findings.conflict(
                    change.key(),
                    "it is not known whether run " + id + " made its "
                            + change.kind().word() + " of " + change.dn() + (why == null ? "" : ": " + why));
        }
        UndoDraft draft = new UndoDraft();
        UndoNames names = new UndoNames();
        Normalizations known = Normalizations.of(run.storage().state(), directory.stateTarget());
        AttributeUndo attributes = new AttributeUndo(directory, net, known, because);
        Set<String> comingBack = new HashSet<>();
        net.entries().stream().filter(NetEntry::isDeleted).forEach(entry -> comingBack.add(DnForm.of(entry.last())));
        EntryUndo entries = new EntryUndo(run, attributes, draft, names, findings, because, comingBack);
        List<NetEntry> people =
                net.entries().stream().filter(entry -> !entry.isContainer()).toList();
        undo(people.stream().filter(NetEntry::isCreated).toList(), entries);
        undo(
                people.stream()
                        .filter(entry -> !entry.isCreated() && !entry.isDeleted())
                        .toList(),
                entries);
        checkNames(names, entries, findings, net, comingBack);
        undo(people.stream().filter(NetEntry::isDeleted).toList(), entries);
        new ReferrerUndo(run, draft, findings, because).undo(net.entries(), successors);
        draft.names.addAll(names.inOrder());
        checkParents(draft, findings);
        containers(net, draft, entries.deleted(), findings);
        entries.settle();
        findings.settle(entries.anew());
        List<DirectoryChange> changes = draft.inOrder();
        new NextRun(run).note(changes).ifPresent(found::note);
        return new UndoMeasure(run, found, id).judged(changes);
    }

    private RunRecord find(String id) {
        RunRecord record =
                journal.run(id).orElseThrow(() -> new IllegalArgumentException("the journal has no run " + id));
        String target = run.directory().stateTarget();
        if (!record.target().equals(target)) {
            throw new IllegalArgumentException(
                    "run " + id + " wrote to " + record.target() + ", and this is " + target);
        }
        boolean over = record.state() == RunState.DONE
                || record.state() == RunState.FAILED
                || record.state() == RunState.APPLYING;
        if (!over) {
            throw new IllegalStateException(
                    "run " + id + " is " + record.state().word() + ": there is nothing to undo");
        }
        return record;
    }

    private void undo(List<NetEntry> some, EntryUndo entries) {
        DirectoryAccess directory = run.directory();
        for (int from = 0; from < some.size(); from += BATCH) {
            List<NetEntry> batch = some.subList(from, Math.min(some.size(), from + BATCH));
            Set<String> ids = new LinkedHashSet<>();
            Set<String> wanted = new LinkedHashSet<>();
            for (NetEntry entry : batch) {
                entry.id().ifPresent(ids::add);
                wanted.addAll(entries.wanted(entry));
            }
            Map<String, ReadOnlyEntry> found = new HashMap<>();
            if (!ids.isEmpty()) {
                directory.findByIds(ids, wanted).forEach(entry -> found.put(directory.id(entry), entry));
            }
            for (NetEntry entry : batch) {
                ReadOnlyEntry current = entry.id().isPresent()
                        ? found.get(entry.id().get())
                        : directory.find(entry.last(), wanted).orElse(null);
                entries.undo(entry, current);
            }
        }
    }

    /** Nobody is renamed to a DN that another entry has and keeps; who waits for that one keeps their own as well. */
    private void checkNames(
            UndoNames names, EntryUndo entries, UndoFindings findings, NetChanges net, Set<String> comingBack) {
        Map<String, NetEntry> byLast = new HashMap<>();
        net.entries().forEach(entry -> byLast.put(DnForm.of(entry.last()), entry));
        boolean further = true;
        while (further) {
            further = false;
            for (Map.Entry<DN, DN> move : names.wanted().entrySet()) {
                DN from = move.getKey();
                DN to = move.getValue();
                boolean free = DnForm.same(from, to)
                        || names.leaves(to)
                        || entries.deleted().contains(DnForm.of(to))
                        || !run.directory().exists(to);
                NetEntry entry = byLast.get(DnForm.of(from));
                DN parent = to.getParent();
                boolean homeless = parent != null
                        && !DnForm.same(parent, from.getParent())
                        && !comingBack.contains(DnForm.of(parent))
                        && !run.directory().exists(parent);
                if (entry != null && (!free || homeless)) {
                    if (homeless) {
                        findings.conflict(Situation.PARENT_MISSING, entry, "the container of " + to + " is gone");
                    } else {
                        findings.conflict(Situation.DN_TAKEN, entry, "another entry has the DN " + to);
                    }
                    names.drop(from);
                    further = true;
                }
            }
        }
    }

    /** What was made or moved below a container that is gone stays away. */
    private void checkParents(UndoDraft draft, UndoFindings findings) {
        Set<String> made = new HashSet<>();
        draft.creates.forEach(change -> made.add(DnForm.of(change.dn())));
        draft.parents.forEach(change -> made.add(DnForm.of(change.dn())));
        Map<String, Boolean> known = new HashMap<>();
        List<DirectoryChange> orphans = new ArrayList<>();
        for (DirectoryChange change : draft.creates) {
            DN parent = change.dn().getParent();
            boolean there = parent == null
                    || made.contains(DnForm.of(parent))
                    || known.computeIfAbsent(
                            DnForm.of(parent), none -> run.directory().exists(parent));
            if (!there) {
                orphans.add(change);
                findings.conflict(change.key(), "the container of " + change.dn() + " is gone: make it again first");
            }
        }
        draft.creates.removeAll(orphans);
        draft.newMembers.removeIf(member -> orphans.stream().anyMatch(orphan -> DnForm.same(orphan.dn(), member.dn())));
    }

    /** Containers that the run made go when nothing is left in them. */
    private void containers(NetChanges net, UndoDraft draft, Set<String> deleted, UndoFindings findings) {
        List<NetEntry> made = net.entries().stream()
                .filter(NetEntry::isContainer)
                .sorted(Comparator.comparingInt((NetEntry entry) -> entry.last().getRDNs().length)
                        .reversed())
                .toList();
        Set<String> leaving = new HashSet<>(deleted);
        Set<String> coming = new HashSet<>();
        for (DirectoryChange name : draft.names) {
            leaving.add(DnForm.of(name.dn()));
            name.newDn().map(DN::getParent).ifPresent(parent -> coming.add(DnForm.of(parent)));
        }
        draft.creates.forEach(create -> {
            DN parent = create.dn().getParent();
            if (parent != null) {
                coming.add(DnForm.of(parent));
            }
        });
        for (NetEntry container : made) {
            DN dn = container.last();
            ReadOnlyEntry entry = run.directory().find(dn, Set.of()).orElse(null);
            if (entry == null) {
                continue;
            }
            boolean empty = !coming.contains(DnForm.of(dn)) && leaving.containsAll(below(dn));
            if (!run.policies().categories().allows(ChangeKind.DELETE)) {
                findings.findings().withheld(ChangeKind.DELETE, "");
            } else if (!empty) {
                findings.conflict(container, "the container " + dn + " stays, since it holds other entries");
            } else {
                leaving.add(DnForm.of(dn));
                draft.containers.add(DirectoryChange.builder(ChangeKind.DELETE, "", dn)
                        .id(run.directory().id(entry))
                        .stage(DirectoryChange.Stage.DELETES)
                        .situation(Situation.UNDONE)
                        .build());
            }
        }
    }

    private Collection<String> below(DN top) {
        Set<String> found = new HashSet<>();
        run.directory().scanUnder(top, Filter.createPresenceFilter("objectClass"), Set.of(), entry -> {
            DN dn = Entries.dn(entry);
            if (!DnForm.same(dn, top)) {
                found.add(DnForm.of(dn));
            }
        });
        return found;
    }
}
