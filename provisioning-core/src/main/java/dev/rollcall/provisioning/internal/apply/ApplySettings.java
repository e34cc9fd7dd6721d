package dev.rollcall.provisioning.internal.apply;

import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.RunStorage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an apply may write, and by which rules. Immutable and thread-safe.
 *
 * @param scope what of the directory it writes
 * @param failures how many changes may fail before it stops
 * @param passwords how new accounts get a password; null if they get none
 * @param today the day that a disable is dated with
 * @param callbacks the code of the host that is called
 * @param storage its spools, which share their memory with those of the plan, and what later runs must know
 * @param pace how many writes are on their way at once
 */
public record ApplySettings(
        OwnedScope scope,
        FailureLimit failures,
        @Nullable PasswordAccess passwords,
        LocalDate today,
        HostCallbacks callbacks,
        RunStorage storage,
        WritePace pace) {
    public ApplySettings(
            OwnedScope scope,
            FailureLimit failures,
            @Nullable PasswordAccess passwords,
            LocalDate today,
            HostCallbacks callbacks,
            RunStorage storage) {
        this(scope, failures, passwords, today, callbacks, storage, WritePace.STANDARD);
    }

    /** {@return the same with storage for one apply} */
    ApplySettings forApply() {
        return new ApplySettings(scope, failures, passwords, today, callbacks, storage.forApply(), pace);
    }
}
