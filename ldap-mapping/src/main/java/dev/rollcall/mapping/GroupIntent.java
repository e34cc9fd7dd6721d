package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.DN;
import java.util.Objects;

/**
 * What a mapping wants for one user and one group.
 *
 * <p>Immutable and thread-safe.
 *
 * @param group the group
 * @param membership what the user is to it
 */
public record GroupIntent(DN group, Membership membership) {
    /** What a user is to a group. */
    public enum Membership {
        /** The user belongs in it. */
        MEMBER,
        /** The user does not belong in it, and is taken out. */
        NOT_MEMBER,
        /** Whatever it is, it stays: a column could not be read, or the group is for adding only. */
        KEEP
    }

    /** Both are required. */
    public GroupIntent {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(membership, "membership");
    }
}
