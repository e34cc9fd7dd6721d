package dev.rollcall.provisioning.account;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Account;
import dev.rollcall.provisioning.internal.directory.StringPreparation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Accounts of an application that are in no plan. Immutable and thread-safe. */
final class ProtectedAccounts {
    private static final ProtectedAccounts NONE = new ProtectedAccounts(Set.of(), List.of());

    private final Set<String> names;
    private final List<Filter> filters;

    private ProtectedAccounts(Set<String> names, List<Filter> filters) {
        this.names = names;
        this.filters = filters;
    }

    static ProtectedAccounts none() {
        return NONE;
    }

    static ProtectedAccounts of(Collection<String> accounts) {
        Set<String> names = new LinkedHashSet<>();
        List<Filter> filters = new ArrayList<>();
        for (String account : accounts) {
            if (!account.startsWith("(")) {
                names.add(StringPreparation.caseIgnored(account));
                continue;
            }
            try {
                filters.add(Filter.create(account));
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
        return entry != null && filters.stream().anyMatch(filter -> matches(filter, entry));
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

    /** {@return the attributes that must be read to tell} */
    Set<String> attributes() {
        Set<String> attributes = new LinkedHashSet<>();
        filters.forEach(filter -> collect(filter, attributes));
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
