package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;

/** What a reconciler does, towards a directory or an application. Implementations are immutable and thread-safe. */
interface Run {
    /** Reads both sides and decides. */
    Plan plan();

    /** Carries out a plan that nothing stopped. */
    Outcomes apply(JudgedPlan plan);

    /** Plans to undo a run of the journal. */
    Plan undo(String id);

    /** What this makes plans for, and how. */
    PlanOwner owner();

    /** The server that is made to agree; asked for a plan that has changes. Empty for an application. */
    String server();
}
