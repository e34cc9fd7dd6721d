package dev.rollcall.provisioning.internal.guardrail;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leaves out of a plan what takes something away. Immutable and thread-safe. */
public final class Blocking {
    /** Where those leavers are who are not moved after all. */
    private final Map<String, DN> staying;

    public Blocking(Map<String, DN> staying) {
        this.staying = staying;
    }

    /** What is left of a change; null if nothing. */
    @Nullable
    public DirectoryChange left(DirectoryChange change) {
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
        DirectoryChange placed =
                present == null ? change : change.toBuilder().dn(present).build();
        if (attributes.size() == change.attributes().size()) {
            return placed;
        }
        DirectoryChange.Builder draft = placed.toBuilder();
        draft.attributes(attributes);
        return draft.build();
    }
}
