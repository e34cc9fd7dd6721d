package dev.rollcall.mapping.internal.compile;

import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Format;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.definition.AttributeNames;
import dev.rollcall.mapping.internal.definition.MappingDefinition;
import dev.rollcall.mapping.internal.definition.Problems;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.DnTemplate;
import dev.rollcall.mapping.internal.values.AttributeFacts;
import dev.rollcall.mapping.internal.values.MandatoryAttributes;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.mapping.rule.Sanitizer;
import dev.rollcall.mapping.rule.ValuesPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the rules of the attributes, and makes them ready to run. Not thread-safe: for one thread at a time. */
public final class PlanCompiler {
    private final boolean accounts;
    private final AttributeNames first;
    private final Limits limits;
    private final Set<String> mandatory;
    private final NameCheck names;
    private final Problems problems;

    PlanCompiler(MappingDefinition definition, Limits limits, NameCheck names, Problems problems) {
        this.accounts = definition.accounts();
        this.first = definition.names();
        this.limits = limits;
        this.mandatory = MandatoryAttributes.of(definition.objectClasses(), limits);
        this.names = names;
        this.problems = problems;
    }

    /** The sound ones of these rules, by attribute in small letters, in their order. */
    Map<String, AttributePlan> plans(
            Map<String, MappingDefinition.Named<AttributeDefinition>> rules,
            Set<String> inDn,
            Optional<DnTemplate> dn) {
        Map<String, AttributePlan> plans = new LinkedHashMap<>();
        rules.forEach(
                (id, rule) -> plan(plans.size(), id, rule, rules, inDn, dn).ifPresent(plan -> plans.put(id, plan)));
        return plans;
    }

    private Optional<AttributePlan> plan(
            int index,
            String id,
            MappingDefinition.Named<AttributeDefinition> named,
            Map<String, MappingDefinition.Named<AttributeDefinition>> rules,
            Set<String> inDn,
            Optional<DnTemplate> dn) {
        String path = "attributes." + named.name();
        AttributeDefinition rule = named.rule();
        int before = problems.count();
        List<AttributePlan.Branch> branches = branches(path, rule, rules);
        AttributePlan.Reaction onAbsent = reaction(path + ".onAbsent", rule.onAbsent(), OnNothing.SKIP);
        AttributePlan.Reaction onNull = reaction(path + ".onNull", rule.onNull(), OnNothing.CLEAR);
        // A reference is cleared by an explicit null alone: an empty text is more likely a mistake than a statement.
        OnNothing empty = rule.kind() == AttributeDefinition.Kind.REFERENCE ? OnNothing.SKIP : OnNothing.CLEAR;
        AttributePlan.Reaction onEmpty = reaction(path + ".onEmpty", rule.onEmpty(), empty);
        AttributeFacts facts = AttributeFacts.of(named.name(), accounts ? Limits.NONE : limits);
        new RuleCheck(path, named.name(), rule, facts, problems).run();
        if (problems.count() > before) {
            return Optional.empty();
        }
        int length = least(rule.maxLength(), facts.maxLength());
        length = least(length, rule.sanitizer().map(Sanitizer::maxLength).orElse(0));
        boolean mail = id.equals("proxyaddresses");
        ValuesPolicy values = rule.values().orElse(mail ? ValuesPolicy.mailAddresses() : ValuesPolicy.replace());
        boolean leaf = dn.isPresent()
                && dn.get().leafAttributes().stream().anyMatch(attribute -> attribute.equalsIgnoreCase(id));
        return Optional.of(new AttributePlan(
                index,
                named.name(),
                id,
                path,
                rule,
                branches,
                onAbsent,
                onNull,
                onEmpty,
                mail ? values.withOnePrimary() : values,
                facts,
                length,
                mandatory.contains(id),
                inDn.contains(id),
                leaf,
                String.join(
                        ", ", branches.stream().map(branch -> branch.because()).toList())));
    }

    private static int least(int a, int b) {
        return a == 0 ? b : b == 0 ? a : Math.min(a, b);
    }

    private List<AttributePlan.Branch> branches(
            String path, AttributeDefinition rule, Map<String, MappingDefinition.Named<AttributeDefinition>> rules) {
        List<AttributePlan.Branch> branches = new ArrayList<>();
        List<AttributeDefinition.FormatChoice> formats = rule.formats();
        if (formats.isEmpty()) {
            problems.add("missing", path, "no format", "give it one");
        }
        for (int i = 0; i < formats.size(); i++) {
            AttributeDefinition.FormatChoice alternative = formats.get(i);
            int index = i;
            String at = switch (rule.kind()) {
                case ALTERNATIVES -> path + "[" + i + "].format";
                case UNIQUE -> path + ".unique" + (formats.size() > 1 ? "[" + i + "]" : "");
                case REFERENCE -> path + ".reference";
                case FORMATS -> formats.size() > 1 ? path + ".format[" + i + "]" : path;
            };
            Optional<Condition> when = alternative.condition().flatMap(condition -> {
                String whenPath = path + "[" + index + "].when";
                Optional<Condition> parsed = problems.condition(whenPath, condition);
                parsed.ifPresent(c -> names.check(whenPath, c.names()));
                return parsed;
            });
            Optional<Format> format = problems.format(at, alternative.format());
            boolean otherwise = rule.kind() == AttributeDefinition.Kind.ALTERNATIVES
                    && alternative.condition().isEmpty();
            format.ifPresent(f -> {
                names.check(at, f.names());
                String because = Because.of(f, when.orElse(null), otherwise, rules, first);
                branches.add(new AttributePlan.Branch(at, when.orElse(null), f, because));
            });
        }
        return List.copyOf(branches);
    }

    private AttributePlan.Reaction reaction(String path, Optional<OnNothing> given, OnNothing otherwise) {
        OnNothing what = given.orElse(otherwise);
        @Nullable
        Format other =
                what.format().flatMap(source -> problems.format(path, source)).orElse(null);
        if (other != null) {
            names.check(path, other.names());
        }
        return new AttributePlan.Reaction(what, given.isPresent(), other, other == null ? "" : Because.of(other));
    }

    /** For each attribute that shares its counter, all that share it. */
    Map<String, List<AttributePlan>> sharing(Map<String, AttributePlan> plans) {
        Map<String, Set<AttributePlan>> groups = new HashMap<>();
        for (AttributePlan plan : plans.values()) {
            for (String other : plan.rule().shareCounter()) {
                AttributePlan shared = plans.get(other.toLowerCase(Locale.ROOT));
                if (shared == null || shared.rule().kind() != AttributeDefinition.Kind.UNIQUE) {
                    problems.add(
                            "bad-share",
                            plan.path() + ".shareCounter",
                            "'" + other + "' is no unique name of this mapping",
                            "list attributes with unique names only");
                    continue;
                }
                Set<AttributePlan> all = new LinkedHashSet<>(groups.getOrDefault(plan.name(), Set.of(plan)));
                all.addAll(groups.getOrDefault(shared.name(), Set.of(shared)));
                all.forEach(member -> groups.put(member.name(), all));
            }
        }
        Map<String, List<AttributePlan>> sharing = new HashMap<>();
        groups.forEach((name, members) -> sharing.put(
                name.toLowerCase(Locale.ROOT),
                plans.values().stream().filter(members::contains).toList()));
        return Map.copyOf(sharing);
    }
}
