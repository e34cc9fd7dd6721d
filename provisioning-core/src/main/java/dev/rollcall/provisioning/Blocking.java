package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.DN;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leaves out of a plan what takes something away. Immutable and thread-safe. */
final class Blocking {
    /** Where those leavers are who are not moved after all. */
    private final Map<String, DN> staying;

    Blocking(Map<String, DN> staying) {
        this.staying = staying;
    }

    /** What is left of a change; null if nothing. */
    @Nullable
    DirectoryChange left(DirectoryChange change) {
        boolean clearing = change.kind() == ChangeKind.MODIFY;
        if (change.isDestructive() && !clearing) {
            return null;
        }
        DN present = staying.get(change.key());
        List<AttributeChange> attributes = clearing
                ? change.attributes().stream().filter(one -> !one.isClearing()).toList()
                : change.attributes();
        if (attributes.isEmpty() && clearing) {
            return null;
        }
        if (present == null && attributes.size() == change.attributes().size()) {
            return change;
        }
        DirectoryChange.Draft old = change.toDraft();
        DirectoryChange.Draft draft = new DirectoryChange.Draft(old.kind, old.key, present == null ? old.dn : present);
        draft.id = old.id;
        draft.newDn = old.newDn;
        draft.group = old.group;
        draft.stage = old.stage;
        draft.situation = old.situation;
        draft.attributes = attributes;
        draft.missingParents = old.missingParents;
        draft.fingerprint = old.fingerprint;
        draft.leaver = old.leaver;
        draft.waits = old.waits;
        draft.temporary = old.temporary;
        return draft.build();
    }
}
