package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a mapping writes an attribute that the filter of managed entries looks at, so that a value of a
 * record would take an entry out of the filter, and with it out of every later run. Immutable and thread-safe.
 */
public final class FilterConflict {
    private static final AttributeNames NAMES = AttributeNames.of(StandardSchema.get(), StandardSchema.get());

    private final Mapping mapping;

    private FilterConflict(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * {@return the attribute, as the mapping calls it, that a record may give a value with which the filter no longer finds the entry; empty if there
     * is none}
     *
     * <p>Attributes that the mapping does not write are taken to be as the filter wants them; constants are compared.
     * {@code objectClass} never loses a value. Of the key, of names that are made unique and of those that the DN holds it
     * is only known that they have a value. Both may call an attribute by any of the names that it has in the RFCs, and by
     * its OID.
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
        return name == null
                ? Optional.empty()
                : written(name).filter(written -> mayFail(filter, name, written, wanted));
    }

    /** The attribute by the mapping's name for it. */
    private Optional<String> written(String name) {
        String first = NAMES.id(Attribute.getBaseName(name));
        return first.equals("objectclass")
                ? Optional.empty()
                : mapping.ownedAttributes().stream()
                        .filter(owned -> NAMES.id(Attribute.getBaseName(owned)).equals(first))
                        .findFirst();
    }

    private boolean mayFail(Filter filter, String name, String written, boolean wanted) {
        Optional<List<String>> constants = mapping.constants(written);
        if (constants.isPresent()) {
            return matches(filter, name, constants.get()) != wanted;
        }
        boolean presence = filter.getFilterType() == Filter.FILTER_TYPE_PRESENCE;
        boolean equality = filter.getFilterType() == Filter.FILTER_TYPE_EQUALITY;
        return !(mapping.isAlwaysSet(written) && (presence ? wanted : !equality));
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
