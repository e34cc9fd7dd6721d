/**
 * What the journal says of earlier runs, held against the directory: what became of changes that a run left without an
 * outcome, and the plan that undoes a run.
 *
 * <p>Begin with {@code Settlement} and {@code UndoPlanning}. Nothing is written to the directory here.
 */
@NullMarked
package dev.rollcall.provisioning.internal.undo;

import org.jspecify.annotations.NullMarked;
