package dev.rollcall.mapping.internal.lint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Name;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.run.MappingRun;
import dev.rollcall.mapping.rule.LintCode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Findings that sample records bring to light. Not thread-safe: for one thread at a time. */
public final class LintSamples {
    private final CompiledMapping mapping;
    private final List<LintSample> samples;
    private final MappingInput input;
    private final LintFindings findings;

    public LintSamples(CompiledMapping mapping, List<LintSample> samples, MappingInput input, LintFindings findings) {
        this.mapping = mapping;
        this.samples = samples;
        this.input = input;
        this.findings = findings;
    }

    public void run() {
        columns();
        mapping.plans().values().forEach(plan -> {
            for (int i = 0; i < plan.branches().size(); i++) {
                Condition when = plan.branches().get(i).when();
                if (when != null) {
                    neverHolds(plan.path() + "[" + i + "].when", when);
                }
            }
        });
        for (int i = 0; i < mapping.groupPlans().size(); i++) {
            Condition condition = mapping.groupPlans().get(i).condition();
            if (condition != null) {
                neverHolds("groups[" + i + "].when", condition);
            }
        }
        rejected();
    }

    private void columns() {
        Set<String> known = new LinkedHashSet<>();
        samples.forEach(sample -> known.addAll(sample.record().fields().asMap().keySet()));
        for (ColumnPath column : mapping.columns()) {
            boolean somewhere =
                    samples.stream().anyMatch(sample -> !(sample.record().value(column) instanceof Value.Absent));
            if (!somewhere) {
                String name = column.column();
                findings.add(
                        LintCode.UNKNOWN_COLUMN,
                        placeOf(column),
                        "no sample of " + samples.size() + " has the column " + column,
                        known.contains(name) ? "look at what " + name + " holds" : Suggestion.remedy(name, known));
            }
        }
    }

    private String placeOf(ColumnPath column) {
        if (column.equals(mapping.key().column())) {
            return "key.column";
        }
        for (AttributePlan plan : mapping.plans().values()) {
            for (AttributePlan.Branch branch : plan.branches()) {
                if (names(branch.format().names(), column)
                        || (branch.when() != null && names(branch.when().names(), column))) {
                    return branch.path();
                }
            }
        }
        return mapping.dn() != null && names(mapping.dn().names(), column) ? "dn" : "";
    }

    private static boolean names(Set<Name> names, ColumnPath column) {
        return names.stream()
                .anyMatch(
                        name -> name.namespace().equals("record") && name.path().equals(column));
    }

    private void neverHolds(String path, Condition condition) {
        boolean asksRecord =
                condition.names().stream().anyMatch(name -> name.namespace().equals("record"));
        if (asksRecord && samples.stream().noneMatch(sample -> holds(condition, sample.record()))) {
            findings.add(
                    LintCode.CONDITION_NEVER_HOLDS,
                    path,
                    "'" + condition + "' holds for no sample of " + samples.size(),
                    "compare it with what the column holds: texts are compared exactly, case included");
        }
    }

    private boolean holds(Condition condition, UserRecord record) {
        try {
            return new MappingRun(mapping, record, input, null).test(condition);
        } catch (MappingException e) {
            // Told with the samples that are rejected.
            return true;
        }
    }

    private void rejected() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, MappingException> first = new LinkedHashMap<>();
        for (LintSample sample : samples) {
            MappingException failure = sample.failure();
            if (failure != null) {
                String id = failure.problem().code() + " " + failure.attribute();
                counts.merge(id, 1, Integer::sum);
                first.putIfAbsent(id, failure);
            }
        }
        first.forEach((id, failure) -> {
            boolean list = failure.problem().code().equals("several-values");
            findings.add(
                    list ? LintCode.LIST_FOR_SINGLE : LintCode.SAMPLE_REJECTED,
                    failure.problem().path(),
                    counts.get(id) + " of " + samples.size() + " samples: "
                            + failure.problem().message(),
                    failure.problem().remedy());
        });
    }
}
