package dev.rollcall.configuration;

import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.util.Optional;

/**
 * What a run may do, as the file's {@code policy} says. Immutable and thread-safe.
 *
 * @param categories which kinds of change are allowed
 * @param leavers what becomes of accounts that must end
 * @param enabling whose disabled accounts are enabled
 * @param guardrails the limits on the whole plan
 * @param passwords how new accounts get a password; empty for none
 */
public record Policy(
        Categories categories,
        Leavers leavers,
        Enabling enabling,
        Guardrails guardrails,
        Optional<PasswordPolicy> passwords) {
    /** {@return what holds where the file says nothing} */
    public static Policy defaults() {
        return new Policy(
                Categories.defaults(), Leavers.disable(), Enabling.OURS, Guardrails.defaults(), Optional.empty());
    }
}
