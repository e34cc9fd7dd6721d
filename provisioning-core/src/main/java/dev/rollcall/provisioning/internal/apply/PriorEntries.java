package dev.rollcall.provisioning.internal.apply;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.directory.ServerAttributes;
import dev.rollcall.provisioning.internal.journal.PriorValues;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what entries have that are to be deleted, as far as the account of the runs may read it: all but what the server
 * keeps by itself, the groups that list them, and the entries that refer to them. Thread-safe.
 */
final class PriorEntries implements PriorValues {
    /** The attribute that the groups of an entry are recorded under. */
    private static final String GROUPS = "memberOf";

    /** Stands behind an attribute under which the ids of those are recorded that refer to the entry by it. */
    private static final String REFERRERS = ";x-referrers";

    private static final String BECAUSE = "the entry is deleted";

    private final DirectoryAccess directory;
    private final OwnedScope scope;

    PriorEntries(DirectoryAccess directory, OwnedScope scope) {
        this.directory = directory;
        this.scope = scope;
    }

    @Override
    public Map<String, List<AttributeChange>> of(Collection<Change> deletes) {
        Set<String> ids = new LinkedHashSet<>();
        deletes.forEach(change -> change.id().ifPresent(ids::add));
        Map<String, List<AttributeChange>> found = new HashMap<>();
        for (ReadOnlyEntry entry : directory.findByIds(ids, Set.of("*"))) {
            List<AttributeChange> attributes = new ArrayList<>();
            for (Attribute attribute : entry.getAttributes()) {
                if (!isKeptByServer(attribute.getBaseName())) {
                    attributes.add(cleared(attribute.getName(), Arrays.asList(attribute.getRawValues())));
                }
            }
            List<ASN1OctetString> groups = groups(entry);
            if (!groups.isEmpty()) {
                attributes.add(cleared(GROUPS, groups));
            }
            referrers(entry).forEach((name, by) -> attributes.add(cleared(name + REFERRERS, by)));
            found.put(directory.id(entry), attributes);
        }
        return found;
    }

    private AttributeChange cleared(String name, List<ASN1OctetString> values) {
        int options = name.indexOf(';');
        String base = options < 0 ? name : name.substring(0, options);
        return AttributeChange.of(name, values, List.of(), BECAUSE)
                .sensitive(scope.redacted().contains(base.toLowerCase(Locale.ROOT)));
    }

    private boolean isKeptByServer(String name) {
        return name.equalsIgnoreCase(GROUPS)
                || directory.idAttributes().stream().anyMatch(name::equalsIgnoreCase)
                || ServerAttributes.isKept(directory.schema(), name);
    }

    /** Servers with referential integrity clear references to an entry that is deleted. */
    private Map<String, List<ASN1OctetString>> referrers(ReadOnlyEntry entry) {
        Map<String, List<ASN1OctetString>> referrers = new TreeMap<>();
        for (String name : scope.attributes()) {
            if (directory.values(name).isDn()) {
                directory.scanUnder(
                        directory.searchBase(),
                        Filter.createEqualityFilter(name, entry.getDN()),
                        Set.of(),
                        other -> referrers
                                .computeIfAbsent(name, none -> new ArrayList<>())
                                .add(new ASN1OctetString(directory.id(other))));
            }
        }
        return referrers;
    }

    private List<ASN1OctetString> groups(ReadOnlyEntry entry) {
        List<ASN1OctetString> groups = new ArrayList<>();
        Filter lists = Filter.createORFilter(
                Filter.createEqualityFilter("member", entry.getDN()),
                Filter.createEqualityFilter("uniqueMember", entry.getDN()));
        directory.scanUnder(
                directory.searchBase(), lists, Set.of(), group -> groups.add(new ASN1OctetString(group.getDN())));
        return groups;
    }
}
