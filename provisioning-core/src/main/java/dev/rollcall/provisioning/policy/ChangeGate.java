package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.StopReason;

/**
 * Asked before each change is made, on the thread that called {@link Reconciler#apply}. It may take its time, as while a
 * person decides: the connection to the directory is opened anew if it was closed meanwhile. What was refused or put off
 * is planned again by the next run. Implementations are thread-safe.
 */
@FunctionalInterface
public interface ChangeGate {
    /** What shall become of a change. */
    enum Decision {
        /** It is made. */
        ALLOW,
        /** It is not made now; the next run plans it again. */
        HOLD,
        /** It is not made; no run remembers that it was refused. */
        REFUSE
    }

    /**
     * {@return what becomes of this change, never null}
     *
     * <p>After an exception, and after null, neither this change nor any after it is made; those that are on their way
     * are waited for, and the outcomes say {@link StopReason#CALLBACK_FAILED}.
     *
     * @param change never null
     */
    Decision decide(Change change);

    /** {@return a gate that lets everything through; always the same} */
    static ChangeGate open() {
        return OpenGate.INSTANCE;
    }
}
