package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the code that the host passed in. Whatever that throws is kept and does not reach the code that waits for
 * responses; the run looks at {@link #failure()} before the next change. Not thread-safe: for one thread at a time.
 */
public final class Callbacks {
    private final HostCallbacks host;
    private @Nullable Throwable failure;

    Callbacks(HostCallbacks host) {
        this.host = host;
    }

    /** What the gate says of a change; empty if it failed. */
    public Optional<ChangeGate.Decision> decide(Change change) {
        ChangeGate.Decision[] decision = new ChangeGate.Decision[1];
        boolean fine = call(() -> decision[0] = host.gate().decide(change));
        if (fine && decision[0] == null) {
            failed(new IllegalStateException("the gate returned null for " + change));
        }
        return Optional.ofNullable(decision[0]);
    }

    /** Whether the run is to end; false if that cannot be found out, which ends it as well. */
    public boolean isCancelled() {
        boolean[] answer = new boolean[1];
        call(() -> answer[0] = host.cancelled().getAsBoolean());
        return answer[0];
    }

    public void starting(Change change) {
        host.listeners().forEach(listener -> call(() -> listener.starting(change)));
    }

    public void finished(Outcome outcome) {
        host.listeners().forEach(listener -> call(() -> listener.finished(outcome)));
    }

    /** Calls what else the host passed in, such as the delivery of passwords; false if that failed. */
    @SuppressWarnings("CatchingUnchecked") // foreign code may throw anything
    public boolean call(Runnable callback) {
        try {
            callback.run();
            return true;
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
            return false;
        }
    }

    private void failed(Throwable thrown) {
        // An error is thrown on in the end, so it is kept in place of an exception.
        if (failure == null || (thrown instanceof Error && !(failure instanceof Error))) {
            failure = thrown;
        }
    }

    /** What the first callback that failed threw; an error comes before exceptions. */
    @Nullable
    public Throwable failure() {
        return failure;
    }
}
