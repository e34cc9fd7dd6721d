package dev.rollcall.mapping.internal.run;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.GroupIntent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run makes of one record. Immutable and thread-safe, as far as nobody changes what it was given.
 *
 * @param dn where the entry should be; null if the present DN stays
 * @param because what the values come from, in the order of the attributes
 * @param sensitive the attributes whose values no report and no log may show
 */
public record MappedEntry(
        @Nullable DN dn,
        List<String> objectClasses,
        Map<String, AttributeIntent> attributes,
        List<GroupIntent> groups,
        List<ChosenName> names,
        List<String> because,
        Set<String> sensitive) {
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

    MappedEntry because(List<String> explanations) {
        return new MappedEntry(dn, objectClasses, attributes, groups, names, explanations, sensitive);
    }
}
