package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.state.StateStore;

/** What a reconciler does, towards a directory or an application. Implementations are immutable and thread-safe. */
interface Run {
    /** Reads both sides and decides, and renews the lease meanwhile. */
    Plan plan(HeldLease lease);

    /** Carries out a plan that nothing stopped. */
    Outcomes apply(JudgedPlan plan, HeldLease lease);

    /** What one run at a time writes to: a directory and base, or an application. */
    String place();

    /** Where the lease of that is kept. */
    StateStore state();

    /** Plans to undo a run of the journal. */
    Plan undo(String id);

    /** What this makes plans for, and how. */
    PlanOwner owner();

    /** The server that is made to agree; asked for a plan that has changes. Empty for an application. */
    String server();
}
