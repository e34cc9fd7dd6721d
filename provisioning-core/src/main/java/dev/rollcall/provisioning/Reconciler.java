package dev.rollcall.provisioning;

import dev.rollcall.connector.RollcallException;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.lease.LeaseTaking;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.RunLease;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

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
    private final LeaseTaking leases;

    Reconciler(Run run) {
        this(run, LeaseTaking.ofThisProcess());
    }

    /** With leases that are taken in another way, for tests. */
    Reconciler(Run run, LeaseTaking leases) {
        this.run = run;
        this.leases = leases;
    }

    /** This reconciler, which takes leases in another way, for tests. */
    Reconciler taking(LeaseTaking others) {
        return new Reconciler(run, others);
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
        return run.plan(HeldLease.none());
    }

    /**
     * Plans as {@link #plan()} does, and renews the lease meanwhile.
     *
     * @param lease from {@link #lease}
     * @throws dev.rollcall.provisioning.state.StateException if another run has taken over meanwhile
     */
    public Plan plan(RunLease lease) {
        return run.plan((HeldLease) lease);
    }

    /**
     * Takes the lease of this directory and base, or of this application, so that no other run writes to it from the plan to
     * the last write; to be closed. {@link #apply(Plan)} takes one by itself, for the time of the call.
     *
     * <p>A process that dies leaves its lease behind, which ends within half a minute and is waited for. In a store without
     * leases nobody is kept out.
     *
     * @param wait how long to wait until a run that is under way has ended; zero not to wait for it
     * @throws dev.rollcall.provisioning.state.StateException if another run is under way, with the code {@code
     *     run-in-progress} and who that is; if the state cannot be read or written; if the thread is interrupted
     */
    public RunLease lease(Duration wait) {
        return leases.take(run.state(), run.place(), wait);
    }

    /**
     * Plans to undo a run that the journal of the state store has: the inverse of its changes, for {@link #apply} as any
     * other plan. An attribute is changed only where it still has the value that the run left; everything else is a
     * conflict. What the run made is deleted if the categories allow that and nobody changed it, and disabled otherwise;
     * what it deleted is made anew. Changes that the run left without an outcome are settled first. The source is not
     * read.
     *
     * @param id the id of the run; one that undid another can be undone too
     * @throws IllegalArgumentException if the journal has no such run, or it wrote to another directory, or to an application
     * @throws IllegalStateException if the state store keeps no journal, or the run is not over or was undone before
     * @throws DirectoryException if the directory cannot be read
     * @throws dev.rollcall.provisioning.state.StateException if another run is under way: what it has on its way must not be
     *     settled
     */
    public Plan undo(String id) {
        Objects.requireNonNull(id, "id");
        try (RunLease lease = lease(Duration.ZERO)) {
            return undo(id, lease);
        }
    }

    /**
     * Plans to undo a run as {@link #undo(String)} does, with a lease that was taken before.
     *
     * @param lease from {@link #lease}
     */
    public Plan undo(String id, RunLease lease) {
        ((HeldLease) lease).check();
        return run.undo(Objects.requireNonNull(id, "id"));
    }

    /**
     * Carries a plan out: the only writer. What guardrails and categories took out is not in it any more. The plan was
     * made by this reconciler, or by one with an equal mapping and equal policies for the same directory or application.
     *
     * <p>Gate, listeners, cancellation and the delivery of passwords are called on the thread that calls this method.
     * If one of them throws a {@link RuntimeException}, or the gate returns null, the run stops: before the change that
     * the gate was asked about, after the change that a listener was called for. Every change on its way is waited for and
     * reported, and the outcomes say {@link StopReason#CALLBACK_FAILED} with the exception as their cause. An
     * {@link Error} is thrown on after that; running out of memory is {@link StopReason#OUT_OF_MEMORY}. So is
     * running out of it between callbacks, and a full disk is {@link StopReason#DISK_FULL}: what is on its way is waited for
     * and reported as well.
     *
     * @throws IllegalStateException if the plan is closed or was applied before; if the source could not be read whole,
     *     or a guardrail stopped the plan: there is nothing to carry out then
     * @throws IllegalArgumentException if the plan was made by another reconciler; the message names what differs
     * @throws DirectoryException if the directory cannot be reached at all; what happens later is in the outcomes
     * @throws dev.rollcall.provisioning.state.StateException if another run is under way, or the state cannot be read or
     *     written; nothing was tried then
     */
    public Outcomes apply(Plan plan) {
        check(plan);
        try (RunLease lease = lease(Duration.ZERO)) {
            return apply(plan, lease);
        }
    }

    /**
     * Carries out a plan as {@link #apply(Plan)} does, with a lease that was taken before. A lease that is lost ends the run
     * with {@link StopReason#LEASE_LOST}: nothing more is sent, and what is on its way is waited for.
     *
     * @param lease from {@link #lease}; it stays the caller's to close
     */
    public Outcomes apply(Plan plan, RunLease lease) {
        JudgedPlan judged = check(plan);
        judged.begin();
        try {
            if (!plan.isEmpty() && !plan.server().isEmpty()) {
                PlanOwner.of(Map.of("server", run.server())).refuse(PlanOwner.of(Map.of("server", plan.server())));
            }
            return run.apply(judged, (HeldLease) lease);
        } catch (RollcallException | IllegalArgumentException nothingTried) {
            judged.giveBack();
            throw nothingTried;
        }
    }

    /** Refuses a plan that cannot be carried out by this. */
    private JudgedPlan check(Plan plan) {
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
        return judged;
    }
}
