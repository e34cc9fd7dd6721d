package dev.rollcall.provisioning.plan;

import java.util.List;

/** What the guardrails say of a plan. Immutable and thread-safe. */
public final class GuardrailVerdict {
    /** What is left of a plan. */
    public enum Decision {
        /** All of it. */
        PASSED,
        /** All but what takes something away. */
        DESTRUCTIVE_BLOCKED,
        /** Nothing. */
        STOPPED
    }

    private final Decision decision;
    private final List<Guardrail> tripped;

    private GuardrailVerdict(Decision decision, List<Guardrail> tripped) {
        this.decision = decision;
        this.tripped = List.copyOf(tripped);
    }

    /** {@return a verdict for these limits that were exceeded} */
    public static GuardrailVerdict of(Decision decision, List<Guardrail> tripped) {
        return new GuardrailVerdict(decision, tripped);
    }

    /** {@return the verdict on a plan that exceeds nothing} */
    public static GuardrailVerdict none() {
        return new GuardrailVerdict(Decision.PASSED, List.of());
    }

    /** {@return whether no guardrail tripped but those that were allowed} */
    public boolean passed() {
        return decision == Decision.PASSED;
    }

    /** {@return what is left of the plan} */
    public Decision decision() {
        return decision;
    }

    /** {@return the limits that were exceeded, those that were allowed included} */
    public List<Guardrail> tripped() {
        return tripped;
    }

    @Override
    public String toString() {
        return decision + " " + tripped;
    }
}
