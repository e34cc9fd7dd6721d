package dev.rollcall.provisioning.account;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Account;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Accounts of an application that are in no plan. Immutable and thread-safe. */
final class ProtectedAccounts {
    private static final ProtectedAccounts NONE = new ProtectedAccounts(Set.of(), Map.of());

    private final Set<String> names;
    /** By the index that each has among what was given. */
    private final Map<Integer, Filter> filters;

    private ProtectedAccounts(Set<String> names, Map<Integer, Filter> filters) {
        this.names = names;
        this.filters = filters;
    }

    static ProtectedAccounts none() {
        return NONE;
    }

    static ProtectedAccounts of(Collection<String> accounts) {
        Set<String> names = new LinkedHashSet<>();
        Map<Integer, Filter> filters = new LinkedHashMap<>();
        int index = -1;
        for (String account : accounts) {
            index++;
            if (!account.startsWith("(")) {
                names.add(StringPreparation.caseIgnored(account));
                continue;
            }
            try {
                filters.put(index, Filter.create(account));
            } catch (LDAPException e) {
                throw new IllegalArgumentException("'" + account + "' is not a filter: " + e.getMessage(), e);
            }
        }
        return new ProtectedAccounts(names, filters);
    }

    boolean has(Account account) {
        if (names.contains(StringPreparation.caseIgnored(account.id()))
                || names.contains(StringPreparation.caseIgnored(account.label()))) {
            return true;
        }
        ReadOnlyEntry entry = filters.isEmpty() ? null : entry(account);
        return entry != null && filters.values().stream().anyMatch(filter -> matches(filter, entry));
    }

    private static ReadOnlyEntry entry(Account account) {
        List<Attribute> attributes = new ArrayList<>();
        account.attributes().forEach((name, values) -> attributes.add(new Attribute(name, values)));
        return new ReadOnlyEntry("", attributes);
    }

    /** What cannot be judged is protected. */
    private static boolean matches(Filter filter, ReadOnlyEntry entry) {
        try {
            return filter.matchesEntry(entry);
        } catch (LDAPException e) {
            return true;
        }
    }

    /** {@return the attributes that must be read to tell, each with the index of the first filter that names it} */
    Map<String, Integer> attributes() {
        Map<String, Integer> attributes = new LinkedHashMap<>();
        filters.forEach((index, filter) -> {
            Set<String> named = new LinkedHashSet<>();
            collect(filter, named);
            named.forEach(attribute -> attributes.putIfAbsent(attribute, index));
        });
        return attributes;
    }

    private static void collect(Filter filter, Set<String> attributes) {
        if (filter.getAttributeName() != null) {
            attributes.add(filter.getAttributeName());
        } else if (filter.getNOTComponent() != null) {
            collect(filter.getNOTComponent(), attributes);
        }
        for (Filter component : filter.getComponents()) {
            collect(component, attributes);
        }
    }
}
