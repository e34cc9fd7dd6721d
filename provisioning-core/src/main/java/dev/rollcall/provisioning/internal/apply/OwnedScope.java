package dev.rollcall.provisioning.internal.apply;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.mapping.GroupRule;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.mapping.Mapping;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the directory a run writes. Immutable and thread-safe.
 *
 * @param attributes the attributes that the mapping owns
 * @param groups the groups whose members it decides
 * @param key what an entry is known by; null if keys are not looked at
 * @param redacted the attributes, in lower case, whose values nobody may see
 */
public record OwnedScope(
        Set<String> attributes, List<DN> groups, @Nullable KeyRule key, Set<String> redacted) {
    public OwnedScope {
        attributes = Set.copyOf(attributes);
        redacted = Set.copyOf(redacted);
        groups = List.copyOf(groups);
    }

    /** A scope in which every value may be shown. */
    public OwnedScope(Set<String> attributes, List<DN> groups, @Nullable KeyRule key) {
        this(attributes, groups, key, Set.of());
    }

    public static OwnedScope of(Mapping mapping) {
        return new OwnedScope(
                mapping.ownedAttributes(),
                mapping.groups().stream().map(GroupRule::dn).toList(),
                mapping.key(),
                mapping.redactedAttributes());
    }
}
