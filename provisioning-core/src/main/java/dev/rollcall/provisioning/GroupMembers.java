package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads who belongs to a group, however large it is. Immutable and thread-safe. */
final class GroupMembers {
    private GroupMembers() {}

    /** The attribute that lists the members of this kind of group. */
    static String attribute(Directory directory, LDAPConnection connection, DN group) {
        return directory
                .read(connection, WireNames.of(group), Set.of("objectClass"))
                .filter(entry -> hasClass(entry, "groupOfUniqueNames"))
                .map(entry -> "uniqueMember")
                .orElse("member");
    }

    static boolean hasClass(ReadOnlyEntry entry, String name) {
        String[] classes = entry.getObjectClassValues();
        return classes != null && Arrays.stream(classes).anyMatch(name::equalsIgnoreCase);
    }

    static boolean contains(Directory directory, LDAPConnection connection, DN group, String attribute, String member) {
        return !new EntrySearch(connection, directory.timeout())
                .some(
                        WireNames.of(group),
                        SearchScope.BASE,
                        Filter.createEqualityFilter(attribute, member),
                        List.of("1.1"))
                .isEmpty();
    }

    /** All values, asked for range by range where the server cuts the list: {@code member;range=0-1499}. */
    static List<String> all(Directory directory, LDAPConnection connection, ReadOnlyEntry group, String attribute) {
        List<String> members = new ArrayList<>();
        ReadOnlyEntry read = group;
        while (true) {
            Attribute plain = read.getAttribute(attribute);
            Optional<Attribute> range = range(read, attribute);
            if (range.isEmpty()) {
                if (plain != null) {
                    members.addAll(Arrays.asList(plain.getValues()));
                }
                return members;
            }
            members.addAll(Arrays.asList(range.get().getValues()));
            String end = range.get().getName();
            end = end.substring(end.lastIndexOf('-') + 1);
            if (end.equals("*")) {
                return members;
            }
            String next = attribute + ";range=" + (Integer.parseInt(end) + 1) + "-*";
            List<ReadOnlyEntry> found = new EntrySearch(connection, directory.timeout())
                    .some(group.getDN(), SearchScope.BASE, Filter.createPresenceFilter("objectClass"), List.of(next));
            if (found.isEmpty()) {
                return members;
            }
            read = found.get(0);
        }
    }

    private static Optional<Attribute> range(ReadOnlyEntry entry, String attribute) {
        String prefix = (attribute + ";range=").toLowerCase(Locale.ROOT);
        return entry.getAttributes().stream()
                .filter(one -> one.getName().toLowerCase(Locale.ROOT).startsWith(prefix))
                .findFirst();
    }
}
