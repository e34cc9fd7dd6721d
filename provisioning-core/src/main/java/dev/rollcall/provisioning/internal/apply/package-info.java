/**
 * Carries a plan out in a directory: the only room that writes to one.
 *
 * <p>Begin with {@code Applier}, then {@code ChangeWriter}. It takes the plan as it is: nothing of {@code
 * internal.planning} comes in here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.apply;

import org.jspecify.annotations.NullMarked;
