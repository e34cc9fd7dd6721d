package dev.rollcall.mapping.internal.run;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.entry.AttributeIntent;
import dev.rollcall.mapping.entry.MappingException;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.mapping.internal.plan.AttributePlan;
import dev.rollcall.mapping.internal.plan.CompiledMapping;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps a record and explains how. Not thread-safe: for one thread at a time. */
public final class Explaining {
    private final CompiledMapping mapping;
    private final UserRecord record;
    private final MappingTrace trace = new MappingTrace();
    private final MappingRun run;
    private @Nullable MappedEntry wanted;
    private @Nullable MappingException failure;

    public Explaining(CompiledMapping mapping, UserRecord record, MappingInput input) {
        this.mapping = mapping;
        this.record = record;
        this.run = new MappingRun(mapping, record, input, trace);
        try {
            this.wanted = run.run();
        } catch (MappingException e) {
            this.failure = e;
        }
    }

    /** What is wanted, with the explanation of each attribute in place of the few words. */
    public MappedEntry wanted() {
        MappedEntry entry = wanted;
        if (entry == null) {
            throw Objects.requireNonNull(failure, "failure");
        }
        List<String> because = new ArrayList<>();
        Iterator<String> words = entry.because().iterator();
        entry.attributes().keySet().forEach(attribute -> {
            Explained explained = of(attribute);
            String few = words.next();
            // The key and what only the DN names are made of no format: there the few words are all there is.
            because.add(
                    explained.evaluations().isEmpty()
                            ? few
                            : explained.toString().strip());
        });
        return entry.because(because);
    }

    public Explained of(String attribute) {
        String name = nameOf(attribute);
        List<Explained> uses = new ArrayList<>();
        Problem problem = null;
        AttributeIntent intent = null;
        AttributePlan plan = mapping.plans().get(name.toLowerCase(Locale.ROOT));
        if (wanted != null) {
            intent = wanted.attribute(name).orElse(null);
        } else if (failure != null && failure.attribute().equalsIgnoreCase(name)) {
            problem = failure.problem();
        } else if (plan != null) {
            // Another attribute failed first; this one may be sound.
            try {
                intent = run.make(plan).intent();
            } catch (MappingException e) {
                problem = e.problem();
            }
        }
        for (String used : List.copyOf(trace.uses(name))) {
            uses.add(of(used));
        }
        boolean sensitive = plan != null && run.isSensitive(plan);
        return new Explained(
                name,
                record.origin(),
                intent,
                problem,
                sensitive,
                trace.alternatives(name),
                trace.evaluations(name),
                trace.names(name),
                uses);
    }

    private String nameOf(String attribute) {
        AttributePlan plan = mapping.plans().get(attribute.toLowerCase(Locale.ROOT));
        if (plan != null) {
            return plan.name();
        }
        return Optional.of(mapping.key().attribute())
                .filter(attribute::equalsIgnoreCase)
                .orElse(attribute.equalsIgnoreCase("dn") ? "dn" : attribute);
    }
}
