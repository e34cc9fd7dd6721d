package dev.rollcall.mapping.entry;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.ColumnPath;
import java.util.List;
import java.util.Objects;

/**
 * What a mapping wants for one user and one group.
 *
 * <p>Immutable and thread-safe.
 *
 * @param group the group
 * @param membership what the user is to it
 * @param absentColumns the columns that are not in the record, if that is why the user is no member
 */
public record GroupIntent(DN group, Membership membership, List<ColumnPath> absentColumns) {
    /** What a user is to a group. */
    public enum Membership {
        /** The user belongs in it. */
        MEMBER,
        /** The user does not belong in it, and is taken out. */
        NOT_MEMBER,
        /** Whatever it is, it stays: a column could not be read, or the group is for adding only. */
        KEEP
    }

    /** All are required. */
    public GroupIntent {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(membership, "membership");
        absentColumns = List.copyOf(absentColumns);
    }
}
