package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpooledMap;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.Optional;

/**
 * What changes rest on: an entry that was matched is not ours before it has its key, and nobody is a member or a manager
 * who was not made. Not thread-safe: for one thread at a time.
 */
final class Prerequisites implements AutoCloseable {
    /** Where the entries are that this run made, by key. */
    private final SpooledMap made;

    /** The ids of the entries that this run made, by key, as far as the server gave them. */
    private final SpooledMap ids;

    private final SpooledMap linked;

    Prerequisites(SpoolBudget memory) {
        this.made = new SpooledMap(memory);
        this.ids = new SpooledMap(memory);
        this.linked = new SpooledMap(memory);
    }

    void made(DirectoryChange create) {
        made.put(create.key(), WireNames.of(create.dn()));
    }

    void identified(DirectoryChange create, String id) {
        ids.put(create.key(), id);
    }

    /** An entry that was made and must not be built on. */
    void withdrawn(DirectoryChange create) {
        made.remove(create.key());
        ids.remove(create.key());
    }

    /** The id of the entry that this run made for a key. */
    Optional<String> idOf(String key) {
        return ids.get(key);
    }

    void linked(DirectoryChange link) {
        linked.put(ChangeEntries.of(link), "");
    }

    /** Whether a change must not be made, since one that it rests on was not. */
    boolean areMissingFor(DirectoryChange change) {
        boolean others = change.situation().isLinked() && change.kind() != ChangeKind.LINK && !isLinked(change);
        boolean nobody = change.kind() == ChangeKind.GROUP_ADD && change.id().isEmpty() && !made.contains(change.key());
        return others || nobody;
    }

    /** Whether this run has given the entry its key. */
    boolean isLinked(DirectoryChange change) {
        return linked.contains(ChangeEntries.of(change));
    }

    /** Where the entry is that this run made for a key. */
    Optional<String> dnOf(String key) {
        return made.get(key);
    }

    @Override
    public void close() {
        made.close();
        ids.close();
        linked.close();
    }
}
