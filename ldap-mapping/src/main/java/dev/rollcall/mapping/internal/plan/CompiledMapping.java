package dev.rollcall.mapping.internal.plan;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a mapping, checked and ready to run. Immutable and thread-safe.
 *
 * @param plans the attributes, by name in small letters, in the order of the mapping
 * @param ordered the same as a list
 * @param layout the attributes that it can want something for
 * @param names the first names of attributes, which formats may call by another one
 * @param sharing for each attribute that shares its counter, all that share it
 */
public record CompiledMapping(
        KeyPlan key,
        List<MatchPlan> match,
        List<GroupPlan> groupPlans,
        List<String> objectClasses,
        @Nullable DnTemplate dn,
        Apply dnApply,
        boolean createsParents,
        Limits limits,
        Map<String, AttributePlan> plans,
        List<AttributePlan> ordered,
        Intents.Layout layout,
        Map<String, List<AttributePlan>> sharing,
        Set<String> ownedAttributes,
        Set<String> readAttributes,
        Set<String> nameAttributes,
        Set<ColumnPath> columns,
        AttributeNames names) {

    /** A group with its condition; none is for everyone. */
    public record GroupPlan(
            DN dn,
            @Nullable String when,
            boolean addsOnly,
            @Nullable Condition condition) {}

    /** What the attribute must hold in the entry that a record finds. */
    public record MatchPlan(
            String attribute, boolean rehire, BiFunction<UserRecord, MappingInput, Optional<String>> value) {}

    /** The rule of an attribute, whatever the case of its name, by any of its names. */
    @Nullable
    public AttributePlan plan(String attribute) {
        return plans.get(names.id(attribute));
    }

    /** Whether the DN depends on a unique name, by whatever other attributes; also if there is no DN. */
    public boolean hasUniqueDn() {
        return dn == null || isUnique(dn.names(), new HashSet<>());
    }

    private boolean isUnique(Set<Name> names, Set<AttributePlan> met) {
        for (Name name : names) {
            AttributePlan plan = name.namespace().isEmpty() ? plan(name.path().column()) : null;
            if (plan != null && met.add(plan)) {
                boolean unique = plan.rule().kind() == AttributeDefinition.Kind.UNIQUE
                        || plan.branches().stream()
                                .anyMatch(branch -> isUnique(branch.format().names(), met));
                if (unique) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The values of an attribute whose formats hold no macro and apply to everybody. */
    public Optional<List<String>> constants(String attribute) {
        AttributePlan plan = plan(attribute);
        if (plan == null
                || plan.branches().isEmpty()
                || plan.branches().stream()
                        .anyMatch(branch ->
                                branch.when() != null || !branch.format().isConstant())) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (AttributePlan.Branch branch : plan.branches()) {
            branch.format()
                    .evaluate(Evaluation.of(name -> Value.absent()))
                    .text()
                    .ifPresent(values::add);
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** Whether every entry has a value in an attribute that this mapping writes. */
    public boolean isAlwaysSet(String attribute) {
        AttributePlan plan = plan(attribute);
        return plan == null
                || attribute.equalsIgnoreCase(key.attribute())
                || plan.rule().kind() == AttributeDefinition.Kind.UNIQUE
                || plan.named()
                || plan.mandatory()
                || constants(attribute).isPresent();
    }

    /** {@return where the rule of an attribute stands: of one that only the DN names, that of the DN} */
    public String pathOf(String attribute) {
        AttributePlan plan = plan(attribute);
        return plan != null ? plan.path() : key.attribute().equalsIgnoreCase(attribute) ? "key" : "dn";
    }
}
