package dev.rollcall.mapping.internal.plan;

import com.unboundid.ldap.sdk.DN;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Condition;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import java.util.List;
import java.util.Locale;
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
        Set<ColumnPath> columns) {

    /** A group with its condition; none is for everyone. */
    public record GroupPlan(
            DN dn,
            @Nullable String when,
            boolean addsOnly,
            @Nullable Condition condition) {}

    /** What the attribute must hold in the entry that a record finds. */
    public record MatchPlan(String attribute, BiFunction<UserRecord, MappingInput, Optional<String>> value) {}

    /** The rule of an attribute, whatever the case of its name. */
    @Nullable
    public AttributePlan plan(String attribute) {
        return plans.get(attribute.toLowerCase(Locale.ROOT));
    }

    /** {@return where the rule of an attribute stands: of one that only the DN names, that of the DN} */
    public String pathOf(String attribute) {
        AttributePlan plan = plan(attribute);
        return plan != null ? plan.path() : key.attribute().equalsIgnoreCase(attribute) ? "key" : "dn";
    }
}
