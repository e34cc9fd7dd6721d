package dev.rollcall.mapping.internal.run;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.ChosenName;
import dev.rollcall.mapping.entry.GroupIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.definition.AttributeDefinition;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import dev.rollcall.mapping.internal.plan.Intents;
import dev.rollcall.mapping.internal.values.AdValues;
import dev.rollcall.mapping.internal.values.EntryValues;
import dev.rollcall.mapping.internal.values.Failure;
import dev.rollcall.mapping.internal.values.LdapValues;
import dev.rollcall.mapping.rule.Apply;
import dev.rollcall.mapping.rule.Limits;
import dev.rollcall.mapping.rule.OnNothing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of one record: attributes are made when they are first asked for, so that one may be made of others.
 * Not thread-safe: for one thread at a time.
 */
public final class MappingRun implements Attributes {
    private static final String WHAT_NEXT =
            "give the record a value, or the rule a default (${… ?? '…'}, or onAbsent, onNull, onEmpty)";

    private final CompiledMapping mapping;
    private final UserRecord record;
    private final MappingInput input;
    private final @Nullable ReadOnlyEntry entry;
    /** The key as a new entry holds it. */
    private final String written;
    /** The key in the form in which keys are compared. */
    private final String key;
    /** The key as the entry has it, if it has one that counts as equal. */
    private final @Nullable String held;

    private final Seeds seeds;
    private final Evaluation evaluation;
    /** By the index of their plans. */
    private final @Nullable Made[] made;

    private Set<String> sensitive = Set.of();
    private final @Nullable MappingTrace trace;
    private final Writing writing;
    private final EntryName name;
    /** Made for the first unique name; few mappings have one. */
    private @Nullable NameChoice choice;

    public MappingRun(CompiledMapping mapping, UserRecord record, MappingInput input, @Nullable MappingTrace trace) {
        this.mapping = mapping;
        this.made = new @Nullable Made[mapping.plans().size()];
        this.record = record;
        this.input = input;
        this.entry = input.existing().orElse(null);
        this.trace = trace;
        this.written = mapping.key().written(record).orElse("");
        this.key = mapping.key().normalize(written);
        if (key.isBlank()) {
            throw Failure.at(mapping.key().attribute(), "key")
                    .of(
                            "no-key",
                            mapping.key().column() + " is the primary key, and has no single value",
                            "give every record a key, or leave it out with scope");
        }
        this.held = held();
        this.seeds = new Seeds(input.seed(), key);
        this.evaluation =
                Evaluation.of(this).clock(input.clock()).zone(input.zone()).seed(seeds.of(""));
        this.writing = new Writing(this, mapping, input.zone());
        this.name = new EntryName(this, mapping, entry, trace);
    }

    public MappedEntry run() {
        record.fault().ifPresent(fault -> {
            throw Failure.at("", "")
                    .of("incomplete-record", "the record could not be read whole: " + fault, "run again later");
        });
        Intents intents = new Intents(mapping.layout());
        List<String> because = new ArrayList<>(made.length + 2);
        intents.set(0, keyIntent());
        because.add(mapping.key().because());
        for (AttributePlan plan : mapping.ordered()) {
            Made outcome = make(plan);
            intents.set(plan.index() + 1, outcome.intent());
            because.add(outcome.because());
        }
        DN dn = name.dn();
        name.nameInEntry(dn, intents, because);
        return new MappedEntry(dn, mapping.objectClasses(), intents, memberships(), names(), because, sensitive);
    }

    /** The written key is the record's own text, so that 00042 stays so; an entry whose key counts as equal keeps its. */
    private AttributeIntent keyIntent() {
        return held == null ? AttributeIntent.Set.of(written) : new AttributeIntent.Keep("it is the key");
    }

    private @Nullable String held() {
        String attribute = mapping.key().attribute();
        if (entry != null && entry.hasAttribute(attribute)) {
            for (String present : entry.getAttributeValues(attribute)) {
                if (mapping.key().normalize(present).equals(key)) {
                    return present;
                }
            }
        }
        return null;
    }

    // ---- names

    @Override
    public Value get(Name name) {
        String namespace = name.namespace();
        if (namespace.equals("record")) {
            return record.value(name.path());
        } else if (namespace.isEmpty()) {
            return mapped(name);
        }
        return namespace.equals("entry") ? fromEntry(name) : name.path().in(input.run());
    }

    private Value fromEntry(Name name) {
        if (entry == null) {
            return Value.absent();
        }
        return EntryValues.at(name, present(mapping.names().first(name.path().column())));
    }

    private Value mapped(Name name) {
        String column = name.path().column();
        if (mapping.names().first(column).equalsIgnoreCase(mapping.key().attribute())) {
            return EntryValues.at(name, Value.of(held == null ? written : held));
        }
        AttributePlan plan = mapping.plan(column);
        return plan == null ? Value.absent() : EntryValues.at(name, make(plan).value());
    }

    /** What an entry has in an attribute: a text or bytes if it is one value. */
    Value present(String attribute) {
        return entry == null ? Value.absent() : EntryValues.present(entry, attribute, mapping.limits());
    }

    // ---- attributes

    @Override
    public Made make(AttributePlan plan) {
        Made known = made[plan.index()];
        if (known == null) {
            try {
                known = plan.rule().kind() == AttributeDefinition.Kind.UNIQUE ? choose(plan) : evaluate(plan);
            } catch (FormatException e) {
                throw new MappingException(plan.name(), e.problem().under(plan.path()), e);
            }
            made[plan.index()] = known;
        }
        return known;
    }

    private Made choose(AttributePlan plan) {
        NameChoice unique = choice;
        if (unique == null) {
            unique = new NameChoice(this, mapping, input, name::parent, trace);
            choice = unique;
        }
        return unique.choose(plan);
    }

    private List<GroupIntent> memberships() {
        return mapping.groupPlans().isEmpty() ? List.of() : new Memberships(this, mapping).wanted();
    }

    private List<ChosenName> names() {
        return choice == null ? List.of() : choice.names();
    }

    @Override
    public boolean isMade(AttributePlan plan) {
        return made[plan.index()] != null;
    }

    @Override
    public void put(AttributePlan plan, Made outcome) {
        made[plan.index()] = outcome;
    }

    @Override
    public boolean isSensitive(AttributePlan plan) {
        return sensitive.contains(plan.name());
    }

    @Override
    public void markSensitive(AttributePlan plan) {
        if (sensitive.isEmpty()) {
            sensitive = new HashSet<>();
        }
        sensitive.add(plan.name());
    }

    @Override
    public Evaluation evaluation(String attribute, Format format) {
        return format.isContextual() ? evaluation.seed(seeds.of(attribute)) : evaluation;
    }

    private Made evaluate(AttributePlan plan) {
        // What the DN is made of and the entry lacks has to be made after all.
        boolean there = entry != null && (!plan.named() || entry.hasAttribute(plan.name()));
        if (there && plan.rule().apply() == Apply.ON_CREATE) {
            return kept(plan, "written on creation only");
        }
        AttributePlan.Branch branch = null;
        if (plan.rule().kind() == AttributeDefinition.Kind.ALTERNATIVES) {
            for (AttributePlan.Branch candidate : plan.branches()) {
                Truth truth = holds(candidate.when(), plan, candidate.path());
                if (trace != null) {
                    trace.alternative(plan, candidate, truth);
                }
                if (truth == Truth.UNKNOWN) {
                    return unknown(plan, "whether " + candidate.when() + " could not be told");
                } else if (truth == Truth.TRUE) {
                    branch = candidate;
                    break;
                }
            }
            if (branch == null) {
                return nothing(plan, Value.absent(), "no alternative applies");
            }
        }
        Value value = branch == null ? all(plan) : evaluate(plan, branch.path(), branch.format());
        return settle(plan, value, branch == null ? plan.because() : branch.because());
    }

    private Made settle(AttributePlan plan, Value value, String because) {
        if (value instanceof Value.Unknown unknown) {
            return unknown(plan, unknown.reason());
        }
        if (value instanceof Value.Text text && !text.isEmpty()) {
            return writing.written(plan, text, because);
        }
        List<Value> singles = LdapValues.singles(value);
        return singles.isEmpty() ? nothing(plan, value, because) : writing.written(plan, singles, because);
    }

    /** The value of all formats of an attribute; several give a list of what has a value. */
    private Value all(AttributePlan plan) {
        if (plan.branches().size() == 1) {
            AttributePlan.Branch only = plan.branches().get(0);
            return evaluate(plan, only.path(), only.format());
        }
        List<Value> found = new ArrayList<>();
        Value none = null;
        for (AttributePlan.Branch branch : plan.branches()) {
            Value value = evaluate(plan, branch.path(), branch.format());
            if (value instanceof Value.Unknown) {
                return value;
            }
            List<Value> singles = LdapValues.singles(value);
            found.addAll(singles);
            none = singles.isEmpty() && none == null ? value : none;
        }
        return found.isEmpty() && none != null ? none : Value.of(found);
    }

    @Override
    public Value evaluate(AttributePlan plan, String path, Format format) {
        Evaluation seeded = evaluation(plan.id(), format);
        if (trace != null) {
            seeded = seeded.trace(trace.listener(plan.name()));
        }
        Value value;
        try {
            value = format.evaluate(seeded);
        } catch (FormatException e) {
            if (trace != null) {
                trace.failed(plan.name(), path, format, e.problem().message());
            }
            throw new MappingException(plan.name(), e.problem().under(path), e);
        }
        if (trace != null) {
            trace.evaluated(plan.name(), path, format, value);
        }
        return value;
    }

    /** Unknown only if a column could not be read: what compares nothing to something is false. */
    private Truth holds(@Nullable Condition condition, @Nullable AttributePlan plan, String path) {
        if (condition == null) {
            return Truth.TRUE;
        }
        Truth truth = answer(condition, plan, path);
        return truth == Truth.UNKNOWN && !isUnread(condition) ? Truth.FALSE : truth;
    }

    @Override
    public Truth answer(Condition condition, @Nullable AttributePlan plan, String path) {
        try {
            return condition.test(evaluation.seed(seeds.of(path)));
        } catch (FormatException e) {
            throw new MappingException(
                    plan == null ? "" : plan.name(), e.problem().under(path), e);
        }
    }

    @Override
    public boolean isUnread(Condition condition) {
        return condition.names().stream().anyMatch(name -> get(name) instanceof Value.Unknown);
    }

    public boolean test(Condition condition) {
        return holds(condition, null, "") == Truth.TRUE;
    }

    // ---- nothing

    @Override
    public Made kept(AttributePlan plan, String reason) {
        return new Made(new AttributeIntent.Keep(reason), present(plan.name()), plan.because());
    }

    @Override
    public Made unknown(AttributePlan plan, String reason) {
        if (entry == null && isNeeded(plan)) {
            throw plan.of(
                    "unknown-value",
                    plan.name() + " is needed and could not be read: " + reason,
                    "run again when the source can be read whole");
        }
        return new Made(new AttributeIntent.Keep("unknown: " + reason), Value.unknown(reason), plan.because());
    }

    private boolean isNeeded(AttributePlan plan) {
        return plan.mandatory() || (plan.named() && (entry == null || mapping.dnApply() == Apply.ALWAYS));
    }

    @Override
    public Made nothing(AttributePlan plan, Value nothing, String because) {
        AttributePlan.Reaction reaction = nothing instanceof Value.Absent
                ? plan.onAbsent()
                : nothing instanceof Value.Null ? plan.onNull() : plan.onEmpty();
        if (reaction.what().equals(OnNothing.FAIL) || (!reaction.given() && isNeeded(plan))) {
            throw plan.of("no-value", plan.name() + " has no value: " + why(plan, nothing), WHAT_NEXT);
        }
        if (reaction.other() != null) {
            Value other = evaluate(plan, plan.path(), reaction.other());
            if (other instanceof Value.Unknown unknown) {
                return unknown(plan, unknown.reason());
            }
            List<Value> singles = LdapValues.singles(other);
            if (!singles.isEmpty()) {
                return writing.written(plan, singles, reaction.because());
            } else if (isNeeded(plan)) {
                throw plan.of("no-value", plan.name() + " has no value, nor has its default", "");
            }
        }
        if (reaction.what().equals(OnNothing.SKIP) || (reaction.other() != null && nothing instanceof Value.Absent)) {
            return new Made(
                    new AttributeIntent.Keep(
                            "no value: " + why(plan, nothing),
                            nothing instanceof Value.Absent ? AbsentColumns.of(plan, this) : List.of()),
                    entry == null ? nothing : present(plan.name()),
                    because);
        }
        if (mapping.limits() == Limits.ACTIVE_DIRECTORY && entry != null && entry.hasAttribute(plan.name())) {
            Optional<String> none = AdValues.none(plan.name());
            if (none.isPresent()) {
                return new Made(AttributeIntent.Set.of(none.get()), nothing, because);
            }
        }
        return new Made(new AttributeIntent.Clear(plan.values()), nothing, because);
    }

    /** The columns that have nothing, since one of them is what the reader must look at. */
    private String why(AttributePlan plan, Value nothing) {
        StringBuilder text = new StringBuilder();
        for (AttributePlan.Branch branch : plan.branches()) {
            for (Name name : branch.format().names()) {
                Value value = get(name);
                if (value.isEmpty() && text.indexOf(name + " is ") < 0) {
                    text.append(text.isEmpty() ? "" : ", ")
                            .append(name)
                            .append(" is ")
                            .append(kind(value));
                }
            }
        }
        return text.isEmpty() ? "the result is " + kind(nothing) : text.toString();
    }

    private static String kind(Value nothing) {
        return nothing instanceof Value.Absent ? "absent" : nothing instanceof Value.Null ? "null" : "empty";
    }
}
