package dev.rollcall.provisioning.internal.run;

import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run may do. Immutable and thread-safe.
 *
 * @param leavers what becomes of accounts that must end
 * @param categories which kinds of change may be made
 * @param guardrails the limits
 * @param enabling whose disabled accounts are enabled
 * @param allowed the names of the guardrails that this run may exceed
 */
public record Policies(
        Leavers leavers, Categories categories, Guardrails guardrails, Enabling enabling, Set<String> allowed) {
    public Policies {
        allowed = Set.copyOf(allowed);
    }

    /** How many changes may fail before the run stops. */
    public FailureLimit failures() {
        return FailureLimit.of(guardrails, allowed);
    }

    /** Each policy by the name under which the owner of a plan lists it. */
    public Map<String, String> described() {
        return Map.of(
                "policy.leavers", leavers.toString(),
                "policy.categories", categories.toString(),
                "policy.guardrails", guardrails.toString(),
                "policy.enable", enabling.toString(),
                "allowed guardrails", String.join(", ", new TreeSet<>(allowed)));
    }
}
