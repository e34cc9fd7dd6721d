package dev.rollcall.provisioning;

import dev.rollcall.mapping.Mapping;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a reconciler does, towards a directory or an application. Implementations are immutable and thread-safe. */
interface Run {
    /** Reads both sides and decides. */
    Plan plan();

    /** Carries out a plan that nothing stopped. */
    Outcomes apply(Plan plan);

    /** What this makes plans for, and how. */
    PlanOwner owner();

    /** The server that is made to agree; asked for a plan that has changes. Empty for an application. */
    String server();

    /** The parts of an owner that every run has. */
    static PlanOwner owner(
            Mapping mapping,
            Leavers leavers,
            Categories categories,
            Guardrails guardrails,
            Set<String> allowed,
            Enabling enabling) {
        return PlanOwner.of(Map.of(
                "mapping", mapping.fingerprint(),
                "policy.leavers", leavers.toString(),
                "policy.categories", categories.toString(),
                "policy.guardrails", guardrails.toString(),
                "policy.enable", enabling.toString(),
                "allowed guardrails", String.join(", ", new TreeSet<>(allowed))));
    }

    /** When a run stops because too much fails. */
    static FailureLimit failures(Guardrails guardrails, Set<String> allowed) {
        return allowed.contains(GuardrailName.FAILURES.word())
                ? new FailureLimit(Integer.MAX_VALUE, 100, 3)
                : guardrails.failureLimit();
    }
}
