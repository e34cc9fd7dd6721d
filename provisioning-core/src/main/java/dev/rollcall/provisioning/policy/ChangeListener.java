package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.StopReason;

/**
 * Told about each change as it is made, on the thread that called {@link Reconciler#apply}. If it throws an exception,
 * the other listeners are called all the same, no further change is made, those that are on their way are waited for and
 * told to every listener, this one included, and the outcomes say {@link StopReason#CALLBACK_FAILED}. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface ChangeListener {
    /**
     * The change is about to be sent, after the gate allowed it; it is made even if this method throws an exception.
     *
     * @param change never null
     */
    default void starting(Change change) {}

    /**
     * The change was made, failed, or was left out. Called once for each change of the plan, in the order of the
     * responses.
     *
     * @param outcome never null
     */
    void finished(Outcome outcome);
}
