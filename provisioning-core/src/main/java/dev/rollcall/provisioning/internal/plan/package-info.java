/**
 * Plans as they are made: changes as bytes, what is counted and hashed, what is found besides, and what is left
 * of a plan.
 *
 * <p>Begin with {@code JudgedPlan}. Whatever decides or writes does not come in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.plan;

import org.jspecify.annotations.NullMarked;
