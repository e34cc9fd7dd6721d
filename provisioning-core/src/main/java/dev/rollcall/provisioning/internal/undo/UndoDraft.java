package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.spool.KeyOrder;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The changes of an undo, which are made in the order of a plan. Not thread-safe: for one thread at a time. */
final class UndoDraft {
    private static final Comparator<DirectoryChange> BY_KEY =
            Comparator.comparing(DirectoryChange::key, KeyOrder.INSTANCE);

    /** Containers that come back, before anything is moved into them. */
    final List<DirectoryChange> parents = new ArrayList<>();

    /** References to entries that are deleted go first: a server may clear them with those. */
    final List<DirectoryChange> releases = new ArrayList<>();

    final List<DirectoryChange> ends = new ArrayList<>();
    final List<DirectoryChange> deletes = new ArrayList<>();
    final List<DirectoryChange> links = new ArrayList<>();
    final List<DirectoryChange> names = new ArrayList<>();
    final List<DirectoryChange> entries = new ArrayList<>();
    final List<DirectoryChange> groups = new ArrayList<>();
    final List<DirectoryChange> creates = new ArrayList<>();
    /** References to entries that are made anew. */
    final List<DirectoryChange> references = new ArrayList<>();

    final List<DirectoryChange> newMembers = new ArrayList<>();

    /** Entries that lose their key: after this they are not ours any more. */
    final List<DirectoryChange> unlinks = new ArrayList<>();

    /** Containers, when nothing is left in them: the lowest first. */
    final List<DirectoryChange> containers = new ArrayList<>();

    /** All of them, as they are made. */
    List<DirectoryChange> inOrder() {
        List<DirectoryChange> all = new ArrayList<>();
        parents.stream().sorted(Comparator.comparing(UndoDraft::depth)).forEach(all::add);
        // Deletes and creates by depth: nothing stands below an entry that goes, and everything on one that is there.
        sorted(releases).forEach(all::add);
        sorted(ends).forEach(all::add);
        deletes.stream()
                .sorted(Comparator.comparing(UndoDraft::depth).reversed().thenComparing(BY_KEY))
                .forEach(all::add);
        sorted(links).forEach(all::add);
        all.addAll(names);
        sorted(entries).forEach(all::add);
        sorted(groups).forEach(all::add);
        creates.stream()
                .sorted(Comparator.comparing(UndoDraft::depth).thenComparing(BY_KEY))
                .forEach(all::add);
        sorted(references).forEach(all::add);
        sorted(newMembers).forEach(all::add);
        sorted(unlinks).forEach(all::add);
        containers.stream()
                .sorted(Comparator.comparing(UndoDraft::depth).reversed())
                .forEach(all::add);
        return all;
    }

    private static List<DirectoryChange> sorted(List<DirectoryChange> changes) {
        return changes.stream().sorted(BY_KEY).toList();
    }

    private static int depth(DirectoryChange change) {
        DN dn = change.dn();
        return dn.getRDNs().length;
    }
}
