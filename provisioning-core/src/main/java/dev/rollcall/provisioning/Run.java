package dev.rollcall.provisioning;

import java.util.Set;

/** What a reconciler does, towards a directory or an application. Implementations are immutable and thread-safe. */
interface Run {
    /** Reads both sides and decides. */
    Plan plan();

    /** Carries out a plan that nothing stopped. */
    Outcomes apply(Plan plan);

    /** When a run stops because too much fails. */
    static FailureLimit failures(Guardrails guardrails, Set<String> allowed) {
        return allowed.contains(Guardrails.FAILURES)
                ? new FailureLimit(Integer.MAX_VALUE, 100, 3)
                : guardrails.failureLimit();
    }
}
