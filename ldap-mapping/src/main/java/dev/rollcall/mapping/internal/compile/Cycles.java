package dev.rollcall.mapping.internal.compile;

import dev.rollcall.formats.Name;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.Problems;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.DnTemplate;
import dev.rollcall.mapping.rule.NameScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds attributes that are made of themselves. Not thread-safe: for one thread at a time. */
public final class Cycles {
    private final Map<String, AttributePlan> plans;
    private final @Nullable DnTemplate dn;
    private final Map<String, List<AttributePlan>> sharing;
    private final AttributeNames first;
    private final Set<String> done = new HashSet<>();
    private final List<String> trail = new ArrayList<>();

    Cycles(
            Map<String, AttributePlan> plans,
            @Nullable DnTemplate dn,
            Map<String, List<AttributePlan>> sharing,
            AttributeNames first) {
        this.first = first;
        this.plans = plans;
        this.dn = dn;
        this.sharing = sharing;
    }

    void report(Problems problems) {
        plans.keySet().forEach(id -> visit(id, problems));
    }

    private void visit(String id, Problems problems) {
        AttributePlan plan = plans.get(id);
        if (plan == null || done.contains(id)) {
            return;
        }
        int start = trail.indexOf(id);
        if (start >= 0) {
            List<String> names = new ArrayList<>();
            trail.subList(start, trail.size())
                    .forEach(member -> names.add(
                            java.util.Objects.requireNonNull(plans.get(member)).name()));
            names.add(plan.name());
            problems.add(
                    "cycle",
                    plan.path(),
                    names.size() == 2
                            ? plan.name() + " is made of itself"
                            : "attributes are made of each other: " + String.join(" -> ", names),
                    names.size() == 2
                            ? "write entry." + plan.name() + " for its present value"
                            : "make one of them of record. columns only");
            return;
        }
        trail.add(id);
        needs(plan).forEach(needed -> visit(needed, problems));
        trail.remove(trail.size() - 1);
        done.add(id);
    }

    private Set<String> needs(AttributePlan plan) {
        Set<String> needs = new LinkedHashSet<>(uses(plan));
        // Names that share a counter are chosen at once, so whatever one is made of must be there before all.
        for (AttributePlan member : sharing.getOrDefault(plan.id(), List.of())) {
            needs.addAll(uses(member));
        }
        return needs;
    }

    private Set<String> uses(AttributePlan plan) {
        Set<String> uses = new LinkedHashSet<>();
        for (AttributePlan.Branch branch : plan.branches()) {
            bare(branch.format().names(), uses);
            if (branch.when() != null) {
                bare(branch.when().names(), uses);
            }
        }
        for (AttributePlan.Reaction reaction : List.of(plan.onAbsent(), plan.onNull(), plan.onEmpty())) {
            if (reaction.other() != null) {
                bare(reaction.other().names(), uses);
            }
        }
        if (dn != null && plan.rule().scope() == NameScope.CONTAINER) {
            bare(dn.parentNames(), uses);
        }
        return uses;
    }

    private void bare(Collection<Name> names, Set<String> into) {
        for (Name name : names) {
            if (name.namespace().isEmpty()) {
                into.add(first.id(name.path().column()));
            }
        }
    }
}
