package dev.rollcall.mapping.internal.compile;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.plan.DnTemplate;
import dev.rollcall.mapping.internal.plan.KeyPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which attributes a mapping writes, reads and asks for names. Stateless, and thus thread-safe. */
public final class AttributeSets {
    private AttributeSets() {}

    static Set<String> owned(KeyPlan key, Collection<AttributePlan> plans, Optional<DnTemplate> dn) {
        Map<String, String> owned = new LinkedHashMap<>();
        owned.put(key.attribute().toLowerCase(Locale.ROOT), key.attribute());
        plans.forEach(plan -> owned.putIfAbsent(plan.name().toLowerCase(Locale.ROOT), plan.name()));
        dn.ifPresent(template -> template.leafAttributes()
                .forEach(attribute -> owned.putIfAbsent(attribute.toLowerCase(Locale.ROOT), attribute)));
        return Collections.unmodifiableSet(new LinkedHashSet<>(owned.values()));
    }

    static Set<String> read(
            KeyPlan key,
            Collection<AttributePlan> plans,
            List<CompiledMapping.GroupPlan> groups,
            Optional<DnTemplate> dn,
            AttributeNames first) {
        Map<String, String> read = new LinkedHashMap<>();
        owned(key, plans, dn).forEach(name -> read.put(name.toLowerCase(Locale.ROOT), name));
        for (Name name : used(plans, groups, dn)) {
            if (name.namespace().equals("entry")) {
                String column = first.first(name.path().column());
                read.putIfAbsent(column.toLowerCase(Locale.ROOT), column);
            }
        }
        read.putIfAbsent("objectclass", "objectClass");
        return Collections.unmodifiableSet(new LinkedHashSet<>(read.values()));
    }

    /** {@return the columns of records that the mapping looks at, in its order} */
    static Set<ColumnPath> columns(
            KeyPlan key,
            Collection<AttributePlan> plans,
            List<CompiledMapping.GroupPlan> groups,
            Optional<DnTemplate> dn,
            Collection<Name> matching) {
        Set<ColumnPath> columns = new LinkedHashSet<>();
        columns.add(key.column());
        ColumnPath previous = key.previous();
        if (previous != null) {
            columns.add(previous);
        }
        List<Name> names = used(plans, groups, dn);
        names.addAll(matching);
        for (Name name : names) {
            if (name.namespace().equals("record")) {
                columns.add(name.path());
            }
        }
        return Collections.unmodifiableSet(columns);
    }

    private static List<Name> used(
            Collection<AttributePlan> plans, List<CompiledMapping.GroupPlan> groups, Optional<DnTemplate> dn) {
        List<Name> names = new ArrayList<>();
        for (AttributePlan plan : plans) {
            plan.branches().forEach(branch -> {
                names.addAll(branch.format().names());
                if (branch.when() != null) {
                    names.addAll(branch.when().names());
                }
            });
            for (AttributePlan.Reaction reaction : List.of(plan.onAbsent(), plan.onNull(), plan.onEmpty())) {
                if (reaction.other() != null) {
                    names.addAll(reaction.other().names());
                }
            }
        }
        groups.forEach(group -> {
            if (group.condition() != null) {
                names.addAll(group.condition().names());
            }
        });
        dn.ifPresent(template -> names.addAll(template.names()));
        return names;
    }

    static Set<String> names(Collection<AttributePlan> plans) {
        Map<String, String> names = new LinkedHashMap<>();
        for (AttributePlan plan : plans) {
            if (plan.rule().kind() == AttributeDefinition.Kind.UNIQUE) {
                names.putIfAbsent(plan.name().toLowerCase(Locale.ROOT), plan.name());
                plan.rule().alsoIn().forEach(other -> names.putIfAbsent(other.toLowerCase(Locale.ROOT), other));
            }
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(names.values()));
    }
}
