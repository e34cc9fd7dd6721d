package dev.rollcall.mapping;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.internal.run.MappedEntry;
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
    private final MappedEntry mapped;
    private final Set<String> sensitive;
    /** Made when asked for: most entries are as they should be, and nobody asks. */
    private @Nullable Map<String, String> reasons;

    DesiredEntry(MappedEntry mapped) {
        this.mapped = mapped;
        this.sensitive = mapped.sensitive().isEmpty() ? Set.of() : Set.copyOf(mapped.sensitive());
    }

    /** {@return where the entry should be; always told for a new one, empty if the present DN stays} */
    public Optional<DN> dn() {
        return Optional.ofNullable(mapped.dn());
    }

    /** {@return the classes that the entry must have; others that it has stay} */
    public List<String> objectClasses() {
        return mapped.objectClasses();
    }

    /**
     * {@return what is wanted for each attribute, in the order of the mapping and named as it names them: the key first,
     * then those mapped, then those that only the DN names}
     */
    public Map<String, AttributeIntent> attributes() {
        return mapped.attributes();
    }

    /** {@return what is wanted for one attribute, whatever the case of its name} */
    public Optional<AttributeIntent> attribute(String name) {
        return mapped.attribute(name);
    }

    /** {@return what is wanted for each group of the mapping, in its order} */
    public List<GroupIntent> groups() {
        return mapped.groups();
    }

    /** {@return the unique names of this entry, for the caller to reserve} */
    public List<ChosenName> names() {
        return mapped.names();
    }

    /**
     * {@return for each attribute what its value comes from, in a few words: {@code record.last_name}; or all of it, if
     * {@link dev.rollcall.mapping.entry.MappingInput#explained MappingInput.explained} was asked for}
     */
    public Map<String, String> because() {
        Map<String, String> known = reasons;
        if (known == null) {
            Map<String, String> reasonOf =
                    new LinkedHashMap<>(2 * mapped.because().size());
            Iterator<String> words = mapped.because().iterator();
            mapped.attributes().keySet().forEach(attribute -> reasonOf.put(attribute, words.next()));
            known = Collections.unmodifiableMap(reasonOf);
            reasons = known;
        }
        return known;
    }

    /** {@return the attributes, named as in {@link #attributes}, whose values no report and no log may show} */
    public Set<String> sensitiveAttributes() {
        return sensitive;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DesiredEntry that
                && Objects.equals(mapped.dn(), that.mapped.dn())
                && mapped.objectClasses().equals(that.mapped.objectClasses())
                && mapped.attributes().equals(that.mapped.attributes())
                && mapped.groups().equals(that.mapped.groups())
                && mapped.names().equals(that.mapped.names());
    }

    @Override
    public int hashCode() {
        return Objects.hash(mapped.dn(), mapped.objectClasses(), mapped.attributes(), mapped.groups(), mapped.names());
    }

    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(mapped.attributes());
        sensitive.forEach(attribute -> shown.replace(attribute, "[redacted]"));
        return (mapped.dn() == null ? "the present DN" : mapped.dn()) + " " + shown + " " + mapped.groups();
    }
}
