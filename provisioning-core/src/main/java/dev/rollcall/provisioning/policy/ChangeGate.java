package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.plan.Change;

/** Asked before each change is made, by the thread that applies. Implementations are thread-safe. */
@FunctionalInterface
public interface ChangeGate {
    /** What shall become of a change. */
    enum Decision {
        /** It is made. */
        ALLOW,
        /** It is not made now; the next run plans it again. */
        HOLD,
        /** It is not to be made. */
        REFUSE
    }

    /** {@return what shall become of this change} */
    Decision decide(Change change);

    /** {@return a gate that lets everything through} */
    static ChangeGate open() {
        return change -> Decision.ALLOW;
    }
}
