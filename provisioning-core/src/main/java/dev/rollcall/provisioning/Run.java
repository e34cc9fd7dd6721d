package dev.rollcall.provisioning;

import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;

/** What a reconciler does, towards a directory or an application. Implementations are immutable and thread-safe. */
interface Run {
    /** Reads both sides and decides. */
    Plan plan();

    /** Carries out a plan that nothing stopped. */
    Outcomes apply(Plan plan);
}
