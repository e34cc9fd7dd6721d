package dev.rollcall.mapping.internal.lint;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.run.Fitting;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.internal.values.MandatoryAttributes;
import dev.rollcall.mapping.rule.LintCode;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Findings that need nothing but the rules. Not thread-safe: for one thread at a time. */
public final class LintRules {
    private final CompiledMapping mapping;
    private final boolean hasSchema;
    private final LintFindings findings;

    public LintRules(CompiledMapping mapping, boolean hasSchema, LintFindings findings) {
        this.mapping = mapping;
        this.hasSchema = hasSchema;
        this.findings = findings;
    }

    public void run() {
        mapping.plans().values().forEach(plan -> {
            conditions(plan);
            constants(plan);
        });
        for (int i = 0; i < mapping.groupPlans().size(); i++) {
            Condition condition = mapping.groupPlans().get(i).condition();
            if (condition != null) {
                neverHolds("groups[" + i + "].when", condition);
            }
        }
        if (!hasSchema) {
            mandatory();
        }
    }

    private void conditions(AttributePlan plan) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < plan.branches().size(); i++) {
            Condition when = plan.branches().get(i).when();
            if (when == null) {
                continue;
            }
            neverHolds(plan.path() + "[" + i + "].when", when);
            if (!seen.add(when.toString())) {
                findings.add(
                        LintCode.ALTERNATIVE_HIDDEN,
                        plan.path() + "[" + i + "]",
                        "an alternative before this one has the same condition",
                        "join them, or mend one of the conditions");
            }
        }
    }

    private void neverHolds(String path, Condition condition) {
        if (condition.names().isEmpty() && test(condition) != Truth.TRUE) {
            findings.add(
                    LintCode.CONDITION_NEVER_HOLDS,
                    path,
                    "'" + condition + "' holds for nobody",
                    "compare a column, such as record.department");
        }
    }

    private static Truth test(Condition condition) {
        try {
            return condition.test(Evaluation.of(name -> Value.absent()));
        } catch (FormatException e) {
            return Truth.UNKNOWN;
        }
    }

    private void constants(AttributePlan plan) {
        if (plan.isBinary() || plan.rule().kind() == AttributeDefinition.Kind.REFERENCE) {
            return;
        }
        for (AttributePlan.Branch branch : plan.branches()) {
            if (!branch.format().isConstant()) {
                continue;
            }
            Value value = branch.format().evaluate(Evaluation.of(name -> Value.absent()));
            List<Value> singles = LdapValues.singles(value);
            try {
                for (Value single : singles) {
                    Fitting.fit(plan, LdapValues.text(single, plan), mapping.limits(), ZoneOffset.UTC);
                }
            } catch (MappingException e) {
                findings.add(
                        LintCode.CONSTANT_DOES_NOT_FIT,
                        branch.path(),
                        e.problem().message(),
                        e.problem().remedy());
            }
        }
    }

    private void mandatory() {
        for (String attribute : MandatoryAttributes.of(mapping.objectClasses(), mapping.limits())) {
            boolean owned = mapping.ownedAttributes().stream().anyMatch(attribute::equalsIgnoreCase);
            if (!owned) {
                findings.missing(attribute);
            }
        }
    }
}
