package dev.rollcall.mapping.internal.compile;

import dev.rollcall.connector.Suggestion;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.MappingDefinition;
import dev.rollcall.mapping.internal.definition.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds names in formats that stand for nothing. Not thread-safe: for one thread at a time. */
public final class NameCheck {
    /** Names that formats of a mapping may begin with; the empty one is for mapped attributes. */
    private static final Set<String> NAMESPACES = new LinkedHashSet<>(List.of("record", "entry", "run", ""));

    private final Map<String, MappingDefinition.Named<AttributeDefinition>> rules;
    private final String keyAttribute;
    private final AttributeNames first;
    private final Problems problems;

    NameCheck(
            Map<String, MappingDefinition.Named<AttributeDefinition>> rules,
            String keyAttribute,
            AttributeNames first,
            Problems problems) {
        this.first = first;
        this.rules = rules;
        this.keyAttribute = keyAttribute;
        this.problems = problems;
    }

    void check(String path, Collection<Name> names) {
        for (Name name : new LinkedHashSet<>(names)) {
            String namespace = name.namespace();
            if (!NAMESPACES.contains(namespace)) {
                boolean secret = namespace.equals("env") || namespace.equals("file");
                problems.add(
                        "unknown-name",
                        path,
                        "unknown name '" + name + "'",
                        secret
                                ? "secrets have no place in a mapping"
                                : "names here begin with record, entry or run, or are mapped attributes");
            } else if (namespace.isEmpty()) {
                checkMapped(path, name);
            }
        }
    }

    private void checkMapped(String path, Name name) {
        String id = first.id(name.path().column());
        if (keyAttribute.equalsIgnoreCase(id)) {
            return;
        }
        MappingDefinition.Named<AttributeDefinition> rule = rules.get(id);
        if (rule == null) {
            List<String> known = new ArrayList<>(List.of(keyAttribute));
            rules.values().forEach(r -> known.add(r.name()));
            problems.add(
                    "unknown-name",
                    path,
                    "no attribute '" + name.path().column() + "' is mapped",
                    Suggestion.nearest(name.path().column(), known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("map it, or write record." + name.path().column() + " for the column"));
        } else if (rule.rule().kind() == AttributeDefinition.Kind.REFERENCE) {
            problems.add(
                    "unknown-name",
                    path,
                    "'" + name + "' is a reference, whose DN is not known before the plan is written",
                    "use the column that it is made of");
        }
    }
}
