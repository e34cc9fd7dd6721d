package dev.rollcall.provisioning;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Supplier<Stream<Change>> blockedChanges = Stream::empty;
        String hash = "";
        PlanOwner owner = PlanOwner.of(Map.of());
        AtomicBoolean closed = new AtomicBoolean();
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
        SourceReading source = new SourceReading(0, true, false, null, List.of());
        GuardrailVerdict guardrails = GuardrailVerdict.none();

        @Nullable
        Runnable onClose;

        Plan build() {
            return new Plan(this);
        }
    }

    private final Draft parts;
    private final AtomicBoolean applied = new AtomicBoolean();

    private Plan(Draft parts) {
        this.parts = parts;
    }

    /**
     * {@return the changes, in the order in which they are made; read anew at each call, to be closed after use}
     *
     * @throws IllegalStateException if the plan is closed
     */
    public Stream<Change> changes() {
        checkOpen();
        return parts.changes.get();
    }

    /** {@return how many entries each kind of change is for} */
    public Counts counts() {
        return parts.counts;
    }

    /**
     * {@return what the guardrails took out, in the order in which it would be made; of a modification that is made in
     * part the rest. Read anew at each call, to be closed after use}
     *
     * @throws IllegalStateException if the plan is closed
     */
    public Stream<Change> blockedChanges() {
        checkOpen();
        return parts.blockedChanges.get();
    }

    /** {@return how many entries each kind of change was taken out for} */
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

    /**
     * Takes the plan for one run.
     *
     * @throws IllegalStateException if it is closed or was applied before
     */
    void begin() {
        checkOpen();
        if (!applied.compareAndSet(false, true)) {
            throw new IllegalStateException("this plan was applied before: plan again");
        }
    }

    /** Gives the plan back, of which nothing was tried. */
    void giveBack() {
        applied.set(false);
    }

    /** What it was made for and by. */
    PlanOwner owner() {
        return parts.owner;
    }

    private void checkOpen() {
        if (parts.closed.get()) {
            throw new IllegalStateException("this plan is closed: plan again, or close it later");
        }
    }

    /** Deletes what was kept in files; its changes cannot be read any more, nor those of its outcomes. */
    @Override
    public void close() {
        if (!parts.closed.getAndSet(true) && parts.onClose != null) {
            parts.onClose.run();
        }
    }

    @Override
    public String toString() {
        return parts.counts + "; unchanged " + parts.unchanged + ", conflicts " + parts.conflicts.size();
    }
}
