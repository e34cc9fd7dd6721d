package dev.rollcall.mapping.internal.definition;

import java.util.HashMap;
import java.util.Map;

/** Finds attributes that a mapping writes under two of their names. Stateless, and thus thread-safe. */
public final class SameAttributes {
    private SameAttributes() {}

    /** Throws a ConfigurationException that names each rule of an attribute that another rule writes. */
    public static void refuse(MappingDefinition definition, AttributeNames names) {
        Problems problems = new Problems(definition.functions());
        Map<String, String> taken = new HashMap<>();
        String key = definition.keyAttribute();
        if (key != null) {
            taken.put(names.id(key), key);
        }
        for (MappingDefinition.Named<AttributeDefinition> rule : definition.attributes()) {
            String other = taken.putIfAbsent(names.id(rule.name()), rule.name());
            if (other != null && !other.equalsIgnoreCase(rule.name())) {
                problems.add(
                        "duplicate",
                        "attributes." + rule.name(),
                        rule.name() + " and " + other + " are two names of the attribute " + names.first(rule.name())
                                + " in this directory",
                        other.equals(key)
                                ? "remove " + rule.name() + ": it holds the key"
                                : "map it once, as " + names.first(rule.name()));
            }
        }
        problems.throwIfAny();
    }
}
