package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a mapping writes an attribute that the filter of managed entries looks at, so that a value of a
 * record would take an entry out of the filter, and with it out of every later run. Immutable and thread-safe.
 */
public final class FilterConflict {
    private final Mapping mapping;

    private FilterConflict(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * {@return the attribute that a record may give a value with which the filter no longer finds the entry; empty if there
     * is none}
     *
     * <p>Attributes that the mapping does not write are taken to be as the filter wants them; constants are compared.
     * {@code objectClass} never loses a value. Of the key, of names that are made unique and of those that the DN holds it
     * is only known that they have a value.
     */
    public static Optional<String> find(Filter filter, Mapping mapping) {
        return new FilterConflict(mapping).attribute(filter, true);
    }

    private Optional<String> attribute(Filter filter, boolean wanted) {
        Filter negated = filter.getNOTComponent();
        if (negated != null) {
            return attribute(negated, !wanted);
        }
        Filter[] components = filter.getComponents();
        if (components.length > 0) {
            boolean and = filter.getFilterType() == Filter.FILTER_TYPE_AND;
            List<Optional<String>> found = Arrays.stream(components)
                    .map(each -> attribute(each, wanted))
                    .toList();
            // Of alternatives one is enough to keep an entry in.
            return and == wanted || found.stream().allMatch(Optional::isPresent)
                    ? found.stream().flatMap(Optional::stream).findFirst()
                    : Optional.empty();
        }
        String name = filter.getAttributeName();
        return name != null && isWritten(name) && mayFail(filter, name, wanted) ? Optional.of(name) : Optional.empty();
    }

    private boolean isWritten(String name) {
        return !name.equalsIgnoreCase("objectClass")
                && mapping.ownedAttributes().stream().anyMatch(name::equalsIgnoreCase);
    }

    private boolean mayFail(Filter filter, String name, boolean wanted) {
        Optional<List<String>> constants = mapping.constants(name);
        if (constants.isPresent()) {
            return matches(filter, name, constants.get()) != wanted;
        }
        boolean presence = filter.getFilterType() == Filter.FILTER_TYPE_PRESENCE;
        boolean equality = filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY;
        return !(mapping.isAlwaysSet(name) && (presence ? wanted : !equality));
    }

    private static boolean matches(Filter filter, String name, List<String> values) {
        Entry entry = new Entry("cn=constants");
        entry.addAttribute(name, values);
        try {
            return filter.matchesEntry(entry);
        } catch (LDAPException onlyTheServerCanTell) {
            return true;
        }
    }
}
