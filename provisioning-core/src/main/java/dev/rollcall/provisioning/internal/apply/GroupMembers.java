package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.internal.port.DirectoryConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** How the members of a group are listed. Immutable and thread-safe. */
final class GroupMembers {
    private GroupMembers() {}

    /** The attribute that lists the members of this kind of group. */
    static String attribute(DirectoryAccess directory, DirectoryConnection connection, DN group) {
        return directory
                .read(connection, WireNames.of(group), Set.of("objectClass"))
                .filter(entry -> hasClass(entry, "groupOfUniqueNames"))
                .map(entry -> "uniqueMember")
                .orElse("member");
    }

    /** The attribute that lists the members of a group, or why nothing may be changed there. */
    record Access(String attribute, String closed) {}

    /** What is known of the group right before its members are changed. */
    static Access access(DirectoryAccess directory, DirectoryConnection connection, DN group) {
        return directory
                .read(connection, WireNames.of(group), Set.of("objectClass"))
                .map(entry -> new Access(
                        hasClass(entry, "groupOfUniqueNames") ? "uniqueMember" : "member",
                        directory
                                .closedBecause(entry)
                                .map(why -> "the group " + group + " is protected by now: " + why)
                                .orElse("")))
                .orElseGet(() -> new Access("member", ""));
    }

    private static boolean hasClass(ReadOnlyEntry entry, String name) {
        String[] classes = entry.getObjectClassValues();
        return classes != null && Arrays.stream(classes).anyMatch(name::equalsIgnoreCase);
    }

    static boolean contains(
            DirectoryAccess directory, DirectoryConnection connection, DN group, String attribute, String member) {
        return !directory
                .some(
                        connection,
                        WireNames.of(group),
                        SearchScope.BASE,
                        Filter.createEqualityFilter(attribute, member),
                        List.of("1.1"))
                .isEmpty();
    }
}
