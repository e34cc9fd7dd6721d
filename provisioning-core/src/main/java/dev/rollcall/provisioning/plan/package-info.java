/**
 * What is to be done and what became of it: plans, changes, conflicts, outcomes.
 *
 * <p>Begin with {@link dev.rollcall.provisioning.plan.Plan} and {@link dev.rollcall.provisioning.plan.Change}.
 * Values only: how they are found, kept or carried out does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.plan;

import org.jspecify.annotations.NullMarked;
