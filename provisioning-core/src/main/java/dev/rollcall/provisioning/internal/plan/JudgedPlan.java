package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.provisioning.internal.state.ShownKeys;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.Explained;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.plan.Unresolved;
import dev.rollcall.provisioning.source.SourceReading;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan that guardrails and categories have judged. Thread-safe, but for closing. */
public final class JudgedPlan implements Plan {
    private final PlanFacts facts;
    private final Supplier<Stream<Change>> changes;
    private final Counts counts;
    private final String hash;
    private final AtomicBoolean applied = new AtomicBoolean();

    /** Shared with the plans that were made of this one. */
    private final AtomicBoolean closed;

    private final @Nullable String undoes;
    private final ShownKeys shown;

    private JudgedPlan(
            PlanFacts facts,
            Supplier<Stream<Change>> changes,
            PlanSummary summary,
            AtomicBoolean closed,
            @Nullable String undoes,
            ShownKeys shown) {
        this(facts, changes, summary.counts(), summary.hash(), closed, undoes, shown);
    }

    private JudgedPlan(
            PlanFacts facts,
            Supplier<Stream<Change>> changes,
            Counts counts,
            String hash,
            AtomicBoolean closed,
            @Nullable String undoes,
            ShownKeys shown) {
        this.facts = facts;
        this.changes = changes;
        this.counts = counts;
        this.hash = hash;
        this.closed = closed;
        this.undoes = undoes;
        this.shown = shown;
    }

    public static JudgedPlan of(PlanFacts facts, Supplier<Stream<Change>> changes) {
        return of(facts, changes, PlanSummary.of(changes));
    }

    /** A plan of these changes, which have all gone by in the summary already. */
    public static JudgedPlan of(PlanFacts facts, Supplier<Stream<Change>> changes, PlanSummary summary) {
        return new JudgedPlan(facts, changes, summary, new AtomicBoolean(), null, ShownKeys.none());
    }

    /** This plan as one that undoes a run of the journal. */
    public JudgedPlan undoing(String run) {
        return new JudgedPlan(facts, changes, counts, hash, closed, run, shown);
    }

    /** This plan as one of a complete read that showed these keys, which are closed with it. */
    public JudgedPlan showing(ShownKeys keys) {
        return new JudgedPlan(facts, changes, counts, hash, closed, undoes, keys);
    }

    /** The keys that the source showed, if it was read completely and somebody wants to know. */
    public ShownKeys shown() {
        return shown;
    }

    /** The run of the journal that it undoes. */
    public Optional<String> undoes() {
        return Optional.ofNullable(undoes);
    }

    @Override
    public Stream<Change> changes() {
        checkOpen();
        return changes.get();
    }

    @Override
    public Stream<Change> blockedChanges() {
        checkOpen();
        return facts.blockedChanges().get();
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public Counts blocked() {
        return facts.blocked();
    }

    @Override
    public Counts withheld() {
        return facts.told().withheld();
    }

    @Override
    public int unchanged() {
        return facts.told().unchanged();
    }

    @Override
    public int managed() {
        return facts.managed();
    }

    @Override
    public Map<Situation, Integer> situations() {
        return Collections.unmodifiableMap(facts.told().situations());
    }

    @Override
    public List<Conflict> conflicts() {
        return facts.told().conflicts();
    }

    @Override
    public List<String> notes() {
        return facts.told().notes();
    }

    @Override
    public List<Unresolved> unresolved() {
        return facts.told().unresolved();
    }

    @Override
    public List<String> notFound() {
        return facts.told().notFound();
    }

    @Override
    public List<Explained> explained() {
        return facts.told().explained();
    }

    @Override
    public SourceReading source() {
        return facts.source();
    }

    @Override
    public String server() {
        return facts.server();
    }

    @Override
    public Optional<String> target() {
        return facts.target().isEmpty() ? Optional.empty() : Optional.of(facts.target());
    }

    @Override
    public GuardrailVerdict guardrails() {
        return facts.guardrails();
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    @Override
    public Plan without(Predicate<Change> predicate) {
        Supplier<Stream<Change>> rest = new RemainingChanges(this::changes, predicate)::changes;
        return new JudgedPlan(facts, rest, PlanSummary.of(rest), closed, undoes, shown);
    }

    /** What it was made for and by. */
    public PlanOwner owner() {
        return facts.owner();
    }

    /**
     * Takes the plan for one run.
     *
     * @throws IllegalStateException if it is closed or was applied before
     */
    public void begin() {
        checkOpen();
        if (!applied.compareAndSet(false, true)) {
            throw new IllegalStateException("this plan was applied before: plan again");
        }
    }

    /** Gives the plan back, of which nothing was tried. */
    public void giveBack() {
        applied.set(false);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this plan is closed: plan again, or close it later");
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            facts.onClose().run();
            shown.close();
        }
    }

    @Override
    public String toString() {
        return counts + "; unchanged " + unchanged() + ", conflicts "
                + conflicts().size();
    }
}
