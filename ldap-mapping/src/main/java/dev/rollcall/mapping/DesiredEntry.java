package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.DN;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one user's entry should be, as a mapping says. Immutable and thread-safe. */
public final class DesiredEntry {
    private final @Nullable DN dn;
    private final List<String> objectClasses;
    private final Map<String, AttributeIntent> attributes;
    private final List<GroupIntent> groups;
    private final List<ChosenName> names;
    /** In the order of the attributes. */
    private final List<String> because;

    private final Set<String> sensitive;
    /** Made when asked for: most entries are as they should be, and nobody asks. */
    private @Nullable Map<String, String> reasons;

    /** Takes a map that no one changes any more. */
    DesiredEntry(
            @Nullable DN dn,
            List<String> objectClasses,
            Map<String, AttributeIntent> attributes,
            List<GroupIntent> groups,
            List<ChosenName> names,
            List<String> because,
            Set<String> sensitive) {
        this.dn = dn;
        this.objectClasses = objectClasses;
        this.attributes = attributes;
        this.groups = groups;
        this.names = names;
        this.because = because;
        this.sensitive = sensitive.isEmpty() ? Set.of() : Set.copyOf(sensitive);
    }

    /** {@return where the entry should be; always told for a new one, empty if the present DN stays} */
    public Optional<DN> dn() {
        return Optional.ofNullable(dn);
    }

    /** {@return the classes that the entry must have; others that it has stay} */
    public List<String> objectClasses() {
        return objectClasses;
    }

    /**
     * {@return what is wanted for each attribute, in the order of the mapping and named as it names them: the key first,
     * then those mapped, then those that only the DN names}
     */
    public Map<String, AttributeIntent> attributes() {
        return attributes;
    }

    /** {@return what is wanted for one attribute, whatever the case of its name} */
    public Optional<AttributeIntent> attribute(String name) {
        AttributeIntent exact = attributes.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return attributes.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** {@return what is wanted for each group of the mapping, in its order} */
    public List<GroupIntent> groups() {
        return groups;
    }

    /** {@return the unique names of this entry, for the caller to reserve} */
    public List<ChosenName> names() {
        return names;
    }

    /**
     * {@return for each attribute what its value comes from, in a few words: {@code record.last_name}; or all of it, if
     * {@link MappingInput#explained} was asked for}
     */
    public Map<String, String> because() {
        Map<String, String> known = reasons;
        if (known == null) {
            Map<String, String> reasonOf = new LinkedHashMap<>(2 * because.size());
            Iterator<String> words = because.iterator();
            attributes.keySet().forEach(attribute -> reasonOf.put(attribute, words.next()));
            known = Collections.unmodifiableMap(reasonOf);
            reasons = known;
        }
        return known;
    }

    /** {@return the attributes, named as in {@link #attributes}, whose values no report and no log may show} */
    public Set<String> sensitiveAttributes() {
        return sensitive;
    }

    DesiredEntry because(List<String> explanations) {
        return new DesiredEntry(dn, objectClasses, attributes, groups, names, explanations, sensitive);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DesiredEntry that
                && Objects.equals(dn, that.dn)
                && objectClasses.equals(that.objectClasses)
                && attributes.equals(that.attributes)
                && groups.equals(that.groups)
                && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dn, objectClasses, attributes, groups, names);
    }

    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(attributes);
        sensitive.forEach(attribute -> shown.replace(attribute, "[redacted]"));
        return (dn == null ? "the present DN" : dn) + " " + shown + " " + groups;
    }
}
