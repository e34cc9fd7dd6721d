package dev.rollcall.provisioning.internal.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter that is evaluated without the server: an attribute is found under each of its names, its OID and with options,
 * and values are the same where the server takes them for the same. Immutable and thread-safe.
 */
final class EntryFilter {
    /** The attributes of one entry by base name in lower case. */
    static final class Values {
        private final Map<String, List<Attribute>> attributes = new HashMap<>();

        Values(ReadOnlyEntry entry) {
            for (Attribute attribute : entry.getAttributes()) {
                attributes
                        .computeIfAbsent(attribute.getBaseName().toLowerCase(Locale.ROOT), none -> new ArrayList<>(1))
                        .add(attribute);
            }
        }

        private List<ASN1OctetString> of(Collection<String> names, Set<String> options) {
            List<ASN1OctetString> values = new ArrayList<>();
            for (String name : names) {
                for (Attribute attribute : attributes.getOrDefault(name, List.of())) {
                    if (options.isEmpty() || lower(attribute.getOptions()).containsAll(options)) {
                        values.addAll(List.of(attribute.getRawValues()));
                    }
                }
            }
            return values;
        }
    }

    private final Filter given;
    private final Filter filter;
    private final SchemaEquality equality;
    private final List<EntryFilter> components = new ArrayList<>();
    private final @Nullable EntryFilter negated;
    private final Set<String> names;
    private final Set<String> options;

    EntryFilter(Filter filter, SchemaEquality equality) {
        this.given = filter;
        this.filter = equality.firstNames(filter);
        this.equality = equality;
        Filter not = filter.getNOTComponent();
        this.negated = not == null ? null : new EntryFilter(not, equality);
        for (Filter component : filter.getComponents()) {
            components.add(new EntryFilter(component, equality));
        }
        String name = filter.getAttributeName();
        this.names = name == null ? Set.of() : equality.namesOf(name);
        this.options = name == null ? Set.of() : lower(Attribute.getOptions(name));
    }

    /** {@return the filter with the first names of its attributes} */
    Filter filter() {
        return filter;
    }

    /** {@return this filter by the names of a server} */
    EntryFilter named(SchemaEquality server) {
        return new EntryFilter(given, server);
    }

    /** {@return the attributes that must be read of an entry} */
    Set<String> attributes() {
        Set<String> attributes = new LinkedHashSet<>();
        if (filter.getAttributeName() != null) {
            attributes.add(filter.getAttributeName());
            attributes.addAll(equality.readNamesOf(filter.getAttributeName()));
        }
        if (negated != null) {
            attributes.addAll(negated.attributes());
        }
        components.forEach(component -> attributes.addAll(component.attributes()));
        return attributes;
    }

    /**
     * {@return whether the filter finds the entry}
     *
     * @throws LDAPException if only the server could tell
     */
    boolean matches(Values entry) throws LDAPException {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND -> {
                for (EntryFilter component : components) {
                    if (!component.matches(entry)) {
                        return false;
                    }
                }
                return true;
            }
            case Filter.FILTER_TYPE_OR -> {
                for (EntryFilter component : components) {
                    if (component.matches(entry)) {
                        return true;
                    }
                }
                return false;
            }
            case Filter.FILTER_TYPE_NOT -> {
                return negated != null && !negated.matches(entry);
            }
            default -> {
                return matches(entry.of(names, options));
            }
        }
    }

    private boolean matches(List<ASN1OctetString> values) throws LDAPException {
        if (values.isEmpty()) {
            return false;
        }
        String name = filter.getAttributeName();
        if (filter.getFilterType() == Filter.FILTER_TYPE_PRESENCE) {
            return true;
        }
        boolean plainly =
                filter.matchesEntry(new Entry("", new Attribute(name, values.toArray(ASN1OctetString[]::new))));
        ASN1OctetString asserted = filter.getRawAssertionValue();
        if (plainly || asserted == null || filter.getFilterType() != Filter.FILTER_TYPE_EQUALITY) {
            return plainly;
        }
        if (name.equalsIgnoreCase("objectClass")) {
            String wanted = equality.firstNameOfClass(asserted.stringValue());
            return values.stream()
                    .anyMatch(value ->
                            equality.firstNameOfClass(value.stringValue()).equalsIgnoreCase(wanted));
        }
        ValueEquality rule = equality.of(name);
        String wanted = rule.asserted(asserted);
        return values.stream().anyMatch(value -> rule.asserted(value).equals(wanted));
    }

    private static Set<String> lower(Set<String> options) {
        Set<String> lower = new LinkedHashSet<>();
        options.forEach(option -> lower.add(option.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
