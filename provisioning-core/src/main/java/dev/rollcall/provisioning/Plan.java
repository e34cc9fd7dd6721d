package dev.rollcall.provisioning;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would be done, and what needs a person: an immutable list of changes that is the same for the same records and
 * entries, whatever order they came in. Close it when it is applied or thrown away. Thread-safe, but for closing.
 *
 * <p>A plan has been judged by the guardrails and the categories: {@link #changes()} is what is left.
 */
public final class Plan implements AutoCloseable {
    /** What a plan is made of. Not thread-safe: for one thread at a time. */
    static final class Draft {
        Supplier<Stream<Change>> changes = Stream::empty;
        String hash = "";
        String server = "";
        String target = "";
        Counts counts = Counts.none();
        Counts blocked = Counts.none();
        Counts withheld = Counts.none();
        Map<Situation, Integer> situations = new EnumMap<>(Situation.class);
        List<Conflict> conflicts = List.of();
        List<Unresolved> unresolved = List.of();
        int unchanged;
        int managed;
        SourceReading source = new SourceReading(0, true, false, null, List.of(), 1, List.of());
        GuardrailVerdict guardrails = GuardrailVerdict.none();

        @Nullable
        Runnable onClose;

        Plan build() {
            return new Plan(this);
        }
    }

    private final Draft parts;

    private Plan(Draft parts) {
        this.parts = parts;
    }

    /** {@return the changes, in the order in which they are made; read anew at each call, to be closed after use} */
    public Stream<Change> changes() {
        return parts.changes.get();
    }

    /** {@return how many entries each kind of change is for} */
    public Counts counts() {
        return parts.counts;
    }

    /** {@return what the guardrails took out} */
    public Counts blocked() {
        return parts.blocked;
    }

    /** {@return what the categories do not allow} */
    public Counts withheld() {
        return parts.withheld;
    }

    /** {@return how many users have an entry that is as it should be} */
    public int unchanged() {
        return parts.unchanged;
    }

    /** {@return how many managed entries were read: all there are, or those that a delta or named keys are about} */
    public int managed() {
        return parts.managed;
    }

    /** {@return how many records and entries are in which situation; those of zero are left out} */
    public Map<Situation, Integer> situations() {
        return Collections.unmodifiableMap(parts.situations);
    }

    /** {@return what needs a person, by key} */
    public List<Conflict> conflicts() {
        return parts.conflicts;
    }

    /** {@return references to people without entry, by key} */
    public List<Unresolved> unresolved() {
        return parts.unresolved;
    }

    /** {@return how the reading of the source went} */
    public SourceReading source() {
        return parts.source;
    }

    /** {@return address and port of the server that was read; empty for an application} */
    public String server() {
        return parts.server;
    }

    /** {@return the application whose accounts this is about; empty for a directory} */
    public Optional<String> target() {
        return parts.target.isEmpty() ? Optional.empty() : Optional.of(parts.target);
    }

    /** {@return what the guardrails say} */
    public GuardrailVerdict guardrails() {
        return parts.guardrails;
    }

    /** {@return SHA-256 of the changes in hexadecimal: two plans with the same hash do the same} */
    public String hash() {
        return parts.hash;
    }

    /** {@return whether there is nothing to do} */
    public boolean isEmpty() {
        return parts.counts.isEmpty();
    }

    /**
     * {@return this plan without some of its changes, and without what rests on those; its counts and hash are its own, the
     * guardrails' word stands. Whoever is not renamed any more is changed where the entry is. Both share what they are read
     * from: closing either closes both.}
     */
    public Plan without(Predicate<Change> predicate) {
        return PlanSummary.of(parts, new Remainder(this::changes, predicate)::changes);
    }

    /** Deletes what was kept in files. */
    @Override
    public void close() {
        if (parts.onClose != null) {
            parts.onClose.run();
        }
    }

    @Override
    public String toString() {
        return parts.counts + "; unchanged " + parts.unchanged + ", conflicts " + parts.conflicts.size();
    }
}
