package dev.rollcall.provisioning;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import java.util.Map;

/**
 * Makes a directory, or the accounts of an application, agree with a source: {@link #plan()} compares and decides,
 * {@link #apply} writes. Immutable and
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
    private final Run run;

    Reconciler(Run run) {
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
     * {@return a builder with the default policies, towards an application; the mapping is one for accounts}
     *
     * @see dev.rollcall.mapping.MappingBuilder#forAccounts
     */
    public static ReconcilerBuilder builder(Source source, Mapping mapping, AccountTarget target) {
        return new ReconcilerBuilder(source, mapping, target);
    }

    /**
     * Reads both sides and decides what is to be done. Writes nothing. A source that cannot be read whole gives an empty
     * plan whose {@link Plan#source()} says why. An exception of a callback (cancellation, progress, a function of a
     * format) that is not about one record reaches the caller; everything that was opened is closed then.
     *
     * @throws DirectoryException if the directory cannot be read
     * @throws dev.rollcall.connector.ConnectorException if the application that is made to agree cannot be read whole, or
     *     if the run was cancelled (of the kind {@code CANCELLED})
     * @throws dev.rollcall.connector.ResourceException if the heap, or the disk of temporary files, is too small for the
     *     people; foreseen after each page and about every thousand entries where that is possible
     */
    public Plan plan() {
        return run.plan();
    }

    /**
     * Carries a plan out: the only writer. What guardrails and categories took out is not in it any more. The plan was
     * made by this reconciler, or by one with an equal mapping and equal policies for the same directory or application.
     *
     * <p>Gate, listeners, cancellation and the delivery of passwords are called on the thread that calls this method.
     * If one of them throws a {@link RuntimeException}, or the gate returns null, the run stops: before the change that
     * the gate was asked about, after the change that a listener was told of. Every change on its way is waited for and
     * reported, and the outcomes say {@link StopReason#CALLBACK_FAILED} with the exception as their cause. An
     * {@link Error} is thrown on after that; running out of memory is {@link StopReason#OUT_OF_MEMORY}. So is
     * running out of it between callbacks, and a full disk is {@link StopReason#DISK_FULL}: what is on its way is waited for
     * and reported as well.
     *
     * @throws IllegalStateException if the plan is closed or was applied before; if the source could not be read whole,
     *     or a guardrail stopped the plan: there is nothing to carry out then
     * @throws IllegalArgumentException if the plan was made by another reconciler; the message names what differs
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
        if (!(plan instanceof JudgedPlan judged)) {
            throw new IllegalArgumentException("this plan was not made by a reconciler");
        }
        run.owner().refuse(judged.owner());
        judged.begin();
        try {
            if (!plan.isEmpty() && !plan.server().isEmpty()) {
                PlanOwner.of(Map.of("server", run.server())).refuse(PlanOwner.of(Map.of("server", plan.server())));
            }
            return run.apply(plan);
        } catch (DirectoryException | IllegalArgumentException nothingTried) {
            judged.giveBack();
            throw nothingTried;
        }
    }
}
