package dev.rollcall.mapping.internal.run;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.entry.TriedName;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.text.DnText;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.Apply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the unique names of one record. Not thread-safe: for one thread at a time. */
public final class NameChoice {
    private final Attributes run;
    private final CompiledMapping mapping;
    private final MappingInput input;
    private final @Nullable ReadOnlyEntry entry;
    private final Function<AttributePlan, DN> parent;
    private final @Nullable MappingTrace trace;
    private final List<ChosenName> names = new ArrayList<>();

    NameChoice(
            Attributes run,
            CompiledMapping mapping,
            MappingInput input,
            Function<AttributePlan, DN> parent,
            @Nullable MappingTrace trace) {
        this.run = run;
        this.mapping = mapping;
        this.input = input;
        this.entry = input.existing().orElse(null);
        this.parent = parent;
        this.trace = trace;
    }

    /** {@return the names chosen so far} */
    List<ChosenName> names() {
        return List.copyOf(names);
    }

    Made choose(AttributePlan plan) {
        boolean onCreate = plan.rule().apply() == Apply.ON_CREATE;
        if (entry != null && onCreate && entry.hasAttribute(plan.name())) {
            names.add(new ChosenName(plan.name(), present(plan.name(), 0), true));
            return run.kept(plan, "an entry keeps the name it has");
        }
        List<UniqueNames.Wanted> group = new ArrayList<>();
        for (AttributePlan member : mapping.sharing().getOrDefault(plan.id(), List.of(plan))) {
            boolean fixed = entry != null && entry.hasAttribute(member.name());
            if (!member.equals(plan) && (run.isMade(member) || fixed)) {
                continue;
            }
            Object candidates = candidates(member);
            if (candidates instanceof Made done) {
                if (member.equals(plan)) {
                    return done;
                }
            } else if (candidates instanceof List<?> list) {
                group.add(new UniqueNames.Wanted(
                        member, list.stream().map(String.class::cast).toList()));
            }
        }
        UniqueNames.Wanted own =
                group.stream().filter(w -> w.plan().equals(plan)).findFirst().orElseThrow();
        if (entry != null && entry.hasAttribute(plan.name())) {
            String present = present(plan.name(), 0);
            if (UniqueNames.isCandidate(plan, own.candidates(), present)) {
                names.add(new ChosenName(plan.name(), present, true));
                return run.kept(plan, "the present name is one of the candidates");
            }
        }
        UniqueNames search = new UniqueNames(input, () -> parent.apply(plan));
        Optional<Map<AttributePlan, String>> chosen = search.choose(group);
        if (trace != null) {
            trace.tried(search.tried());
        }
        if (chosen.isEmpty()) {
            throw plan.of(
                    "no-unique-name",
                    "no name is left for " + plan.name() + " after "
                            + search.tried().size() + " tries, from "
                            + search.tried().get(0),
                    "add another candidate, or allow longer names");
        }
        chosen.get().forEach((member, name) -> {
            names.add(new ChosenName(member.name(), name, false));
            Value value = run.isSensitive(member) ? LdapValues.hidden(Value.of(name)) : Value.of(name);
            run.put(member, new Made(AttributeIntent.Set.of(name), value, because(member, search)));
        });
        return run.make(plan);
    }

    private String because(AttributePlan plan, UniqueNames search) {
        if (run.isSensitive(plan)) {
            return plan.because();
        }
        List<TriedName> taken = search.tried().stream()
                .filter(tried ->
                        tried.attribute().equals(plan.name()) && tried.holder().isPresent())
                .toList();
        if (taken.isEmpty()) {
            return plan.because();
        }
        String more = taken.size() > 1 ? " and " + (taken.size() - 1) + " more" : "";
        return plan.because() + ", " + taken.get(0) + more;
    }

    private String present(String attribute, int index) {
        return entry == null ? "" : entry.getAttributeValues(attribute)[index];
    }

    private String name(AttributePlan plan, Value single) {
        String text = LdapValues.text(single, plan);
        String writable = LdapValues.writable(plan.rdn() ? DnText.clean(text) : text, plan);
        return Fitting.name(plan, writable, mapping.limits());
    }

    private String hidden(AttributePlan plan, Value single) {
        run.markSensitive(plan);
        try {
            return name(plan, single);
        } catch (MappingException told) {
            throw Writing.hidden(plan, told);
        }
    }

    /** The candidates that have a value, as a list; or what becomes of the attribute if none has. */
    private Object candidates(AttributePlan plan) {
        List<String> candidates = new ArrayList<>();
        Value none = null;
        for (AttributePlan.Branch branch : plan.branches()) {
            Value value = run.evaluate(plan, branch.path(), branch.format());
            if (value instanceof Value.Unknown unknown) {
                return entry != null && entry.hasAttribute(plan.name())
                        ? run.kept(plan, "unknown: " + unknown.reason())
                        : run.unknown(plan, unknown.reason());
            }
            List<Value> singles = LdapValues.singles(value);
            if (singles.size() > 1) {
                throw plan.of("not-single", "a unique name is one text, found a list of " + singles.size(), "");
            } else if (singles.isEmpty()) {
                none = none == null ? value : none;
                continue;
            }
            String name = LdapValues.isSensitive(singles) ? hidden(plan, singles.get(0)) : name(plan, singles.get(0));
            if (!candidates.contains(name)) {
                candidates.add(name);
            }
        }
        return candidates.isEmpty()
                ? run.nothing(plan, none == null ? Value.absent() : none, plan.because())
                : candidates;
    }
}
