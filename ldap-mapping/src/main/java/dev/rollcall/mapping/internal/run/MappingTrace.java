package dev.rollcall.mapping.internal.run;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.TraceListener;
import dev.rollcall.formats.TraceStep;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.mapping.entry.TriedName;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Hears how attributes are made, for an explanation. Not thread-safe: for one thread at a time. */
public final class MappingTrace {
    /** What was heard of one attribute. */
    private static final class Heard {
        private final List<Explained.Considered> alternatives = new ArrayList<>();
        private final List<Explained.Evaluated> evaluations = new ArrayList<>();
        private final List<TriedName> names = new ArrayList<>();
        private final List<TraceStep> steps = new ArrayList<>();
        private final Set<String> uses = new LinkedHashSet<>();
    }

    private final Map<String, Heard> heard = new HashMap<>();

    private Heard heard(String attribute) {
        return heard.computeIfAbsent(attribute.toLowerCase(Locale.ROOT), name -> new Heard());
    }

    /** An alternative was looked at. */
    void alternative(AttributePlan plan, AttributePlan.Branch branch, Truth truth) {
        String condition =
                branch.when() == null ? "nothing else applies" : branch.when().toString();
        heard(plan.name())
                .alternatives
                .add(new Explained.Considered(condition, branch.format().toString(), truth));
    }

    /** Who hears the steps of a format that is about to be evaluated. */
    TraceListener listener(String attribute) {
        Heard mine = heard(attribute);
        mine.steps.clear();
        return mine.steps::add;
    }

    /** A format was evaluated. */
    void evaluated(String attribute, String path, Format format, Value value) {
        Heard mine = heard(attribute);
        for (Name name : format.names()) {
            if (name.namespace().isEmpty()) {
                mine.uses.add(name.path().column());
            }
        }
        mine.evaluations.add(new Explained.Evaluated(path, format.toString(), mine.steps, value));
        mine.steps.clear();
    }

    /** A format failed. */
    void failed(String attribute, String path, Format format, String message) {
        evaluated(attribute, path, format, Value.unknown(message));
    }

    /** Names were tried. */
    void tried(List<TriedName> names) {
        names.forEach(name -> heard(name.attribute()).names.add(name));
    }

    List<Explained.Considered> alternatives(String attribute) {
        return heard(attribute).alternatives;
    }

    List<Explained.Evaluated> evaluations(String attribute) {
        return heard(attribute).evaluations;
    }

    List<TriedName> names(String attribute) {
        return heard(attribute).names;
    }

    Set<String> uses(String attribute) {
        return heard(attribute).uses;
    }
}
