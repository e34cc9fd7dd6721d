package dev.rollcall.provisioning.internal.run;

import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.policy.PlanProgress;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The code of the host that a run calls. Immutable; as thread-safe as that code.
 *
 * @param gate asked before each change is made
 * @param listeners called with each change
 * @param cancelled whether the run is to end
 * @param progress called while a plan is made
 * @param locate gives a problem with the mapping or the policy the place in the configuration that the run was made from
 */
public record HostCallbacks(
        ChangeGate gate,
        List<ChangeListener> listeners,
        BooleanSupplier cancelled,
        PlanProgress progress,
        UnaryOperator<Problem> locate) {
    public HostCallbacks {
        listeners = List.copyOf(listeners);
    }

    /** Allows every change, calls no listener and never ends a run. */
    public static HostCallbacks none() {
        return new HostCallbacks(
                ChangeGate.open(), List.of(), () -> false, (phase, done, total) -> {}, UnaryOperator.identity());
    }
}
