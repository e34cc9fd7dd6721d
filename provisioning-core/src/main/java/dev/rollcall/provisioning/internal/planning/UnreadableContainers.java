package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.Entries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds containers under the base whose entries the account of the run cannot read: servers leave such entries out of
 * every answer, without an error. A server that counts the children of a container gives them away; Samba names a
 * container of which it shows no object class. Not thread-safe: for one thread at a time.
 */
final class UnreadableContainers {
    private static final String OBJECT_CLASS = "objectClass";
    private static final String COUNT = "numSubordinates";
    private static final String APPROXIMATE = "msDS-Approx-Immed-Subordinates";
    private static final String ANY = "hasSubordinates";

    /** Above this many children only a container of which none is visible is reported. */
    private static final int COUNTED = 2000;

    private final DirectoryAccess directory;

    UnreadableContainers(DirectoryAccess directory) {
        this.directory = directory;
    }

    /** Returns the DN of each, with what says so; one search, and one for each container that says that it has children. */
    Map<DN, String> find() {
        List<ReadOnlyEntry> containers = new ArrayList<>();
        directory.scanUnder(directory.base(), filter(), Set.of(COUNT, APPROXIMATE, ANY), containers::add);
        Map<DN, String> found = new LinkedHashMap<>();
        containers.stream()
                .sorted((one, other) -> Entries.dn(one).compareTo(Entries.dn(other)))
                .forEach(container -> {
                    String because = because(container);
                    if (!because.isEmpty()) {
                        found.put(Entries.dn(container), because);
                    }
                });
        return found;
    }

    private Filter filter() {
        if (directory.kind() == DirectoryKind.ACTIVE_DIRECTORY) {
            return Filter.createNOTFilter(Filter.createPresenceFilter("sAMAccountName"));
        }
        List<Filter> classes = new ArrayList<>();
        for (String name : List.of("organizationalUnit", "container", "nsContainer", "organization", "domain")) {
            classes.add(Filter.createEqualityFilter(OBJECT_CLASS, name));
        }
        return Filter.createORFilter(classes);
    }

    private String because(ReadOnlyEntry container) {
        if (!container.hasAttribute(OBJECT_CLASS)) {
            return "it cannot be read";
        }
        Integer exactly = container.getAttributeValueAsInteger(COUNT);
        Integer about = container.getAttributeValueAsInteger(APPROXIMATE);
        boolean any = "TRUE".equalsIgnoreCase(container.getAttributeValue(ANY));
        int expected = exactly != null ? exactly : (about != null && about > 0) || any ? 1 : 0;
        if (expected == 0) {
            return "";
        }
        int wanted = expected > COUNTED ? 1 : expected;
        int visible = directory.countChildren(Entries.dn(container), wanted);
        if (visible >= wanted) {
            return "";
        }
        return exactly != null
                ? "it has " + exactly + " children, of which " + visible + " can be read"
                : "none of its children can be read";
    }
}
