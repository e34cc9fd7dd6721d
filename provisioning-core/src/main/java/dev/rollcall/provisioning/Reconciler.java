package dev.rollcall.provisioning;

import dev.rollcall.mapping.GroupRule;
import dev.rollcall.mapping.Mapping;

/**
 * Makes a directory agree with a source: {@link #plan()} compares and decides, {@link #apply} writes. Immutable and
 * thread-safe; one run at a time for one directory.
 *
 * <pre>{@code
 * Reconciler reconciler = Reconciler.builder(Source.of(pipedrive).active("record.active_flag"), people, directory)
 *         .leavers(Leavers.disable())
 *         .guardrails(Guardrails.defaults())
 *         .build();
 * try (Plan plan = reconciler.plan()) {
 *     if (plan.guardrails().passed()) {
 *         reconciler.apply(plan);
 *     }
 * }
 * }</pre>
 */
public final class Reconciler {
    private final RunSettings run;

    Reconciler(RunSettings run) {
        this.run = run;
    }

    /** {@return a builder with the default policies} */
    public static ReconcilerBuilder builder(Source source, Mapping mapping, Directory directory) {
        return new ReconcilerBuilder(source, mapping, directory);
    }

    /** {@return a builder with the default policies} */
    public static ReconcilerBuilder builder(UserSource users, Mapping mapping, Directory directory) {
        return builder(Source.of(users), mapping, directory);
    }

    /**
     * Reads both sides and decides what is to be done. Writes nothing. A source that cannot be read whole gives an empty
     * plan whose {@link Plan#source()} says why.
     *
     * @throws DirectoryException if the directory cannot be read
     */
    public Plan plan() {
        return new Planning(run).plan();
    }

    /**
     * Carries a plan out: the only writer. What guardrails and categories took out is not in it any more.
     *
     * @throws IllegalStateException if the source could not be read whole, or a guardrail stopped the plan: there is
     *     nothing to carry out then
     * @throws DirectoryException if the directory cannot be reached at all; what happens later is in the outcomes
     */
    public Outcomes apply(Plan plan) {
        if (plan.source().wasCutShort()) {
            throw new IllegalStateException("the source could not be read whole: "
                    + plan.source().reason().orElse(""));
        }
        if (plan.guardrails().decision() == GuardrailVerdict.Decision.STOPPED) {
            throw new IllegalStateException(
                    "guardrails stopped this plan: " + plan.guardrails().tripped());
        }
        Applier.Settings settings = new Applier.Settings();
        settings.owned = run.mapping().ownedAttributes();
        settings.groups = run.mapping().groups().stream().map(GroupRule::dn).toList();
        settings.gate = run.gate();
        settings.listeners = run.listeners();
        settings.cancelled = run.cancelled();
        settings.passwords = run.passwords();
        settings.failures = run.allowed().contains(Guardrails.FAILURES)
                ? new FailureLimit(Integer.MAX_VALUE, 100, 3)
                : run.guardrails().failureLimit();
        return new Applier(run.directory(), settings).apply(plan);
    }
}
