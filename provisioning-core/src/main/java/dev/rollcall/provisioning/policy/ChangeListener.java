package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Outcome;

/** Told about each change as it is made, by the thread that applies. Implementations are thread-safe. */
@FunctionalInterface
public interface ChangeListener {
    /** The change is about to be sent to the directory. */
    default void starting(Change change) {}

    /** The change was made, failed, or was left out. */
    void finished(Outcome outcome);
}
