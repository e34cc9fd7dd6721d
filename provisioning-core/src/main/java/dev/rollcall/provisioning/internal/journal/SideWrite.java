package dev.rollcall.provisioning.internal.journal;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write that a run makes besides those that its plan lists, such as a container on the way to a new entry, or the second
 * part of a change that needs several requests. Immutable and thread-safe.
 *
 * @param kind what it does
 * @param key the key of the person; empty where it is about nobody, or not known about whom
 * @param dn where the entry is
 * @param id what the entry is known by; null if that is not known
 * @param newDn where a rename takes the entry; null for others
 * @param attributes what becomes of its attributes
 */
public record SideWrite(
        ChangeKind kind,
        String key,
        String dn,
        @Nullable String id,
        @Nullable String newDn,
        List<AttributeChange> attributes) {
    public SideWrite {
        attributes = List.copyOf(attributes);
    }

    /** A part of a change: these attributes of its entry. */
    public static SideWrite part(Change change, String dn, List<AttributeChange> attributes) {
        ChangeKind kind = change.kind() == ChangeKind.CREATE ? ChangeKind.MODIFY : change.kind();
        return new SideWrite(kind, change.key(), dn, change.id().orElse(null), null, attributes);
    }

    /** A rename on the way of a change, or back. */
    public static SideWrite rename(Change change, DN from, DN to) {
        return new SideWrite(
                ChangeKind.RENAME, change.key(), from.toString(), change.id().orElse(null), to.toString(), List.of());
    }

    /** Another kind of write to the entry of a change. */
    public static SideWrite of(ChangeKind kind, Change change, String dn, List<AttributeChange> attributes) {
        return new SideWrite(kind, change.key(), dn, change.id().orElse(null), null, attributes);
    }
}
