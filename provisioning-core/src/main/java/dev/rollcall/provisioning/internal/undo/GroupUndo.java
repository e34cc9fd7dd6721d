package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.DirectoryChange.Stage;
import dev.rollcall.provisioning.plan.Situation;

/**
 * Drafts the memberships that an undo takes back, as far as they are still as the run left them. Not thread-safe: for one
 * thread at a time.
 */
record GroupUndo(DirectoryAccess directory, UndoDraft draft, UndoFindings findings) {
    /**
     * Takes an entry out of the groups that the run added it to.
     *
     * @param dn where the entry is then
     */
    void leave(NetEntry entry, ReadOnlyEntry current, Stage stage, DN dn) {
        for (DN group : entry.joined()) {
            if (RecordedEntries.isMember(directory, group, current.getDN())) {
                DirectoryChange change = builder(ChangeKind.GROUP_REMOVE, entry, dn, group)
                        .stage(stage)
                        .build();
                (stage == Stage.ENDS ? draft.ends : draft.groups).add(change);
            }
        }
    }

    /** Adds an entry to the groups that the run took it out of. */
    void join(NetEntry entry, ReadOnlyEntry current, DN dn) {
        for (DN group : entry.left()) {
            if (!directory.exists(group)) {
                findings.conflict(Situation.GROUP_UNAVAILABLE, entry, "the group " + group + " is gone");
            } else if (!RecordedEntries.isMember(directory, group, current.getDN())) {
                draft.groups.add(builder(ChangeKind.GROUP_ADD, entry, dn, group)
                        .stage(Stage.GROUPS)
                        .build());
            }
        }
    }

    private static DirectoryChange.Builder builder(ChangeKind kind, NetEntry entry, DN dn, DN group) {
        return DirectoryChange.builder(kind, entry.key(), dn)
                .id(entry.id().orElse(null))
                .group(group)
                .situation(Situation.UNDONE);
    }
}
