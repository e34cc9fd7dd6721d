package dev.rollcall.provisioning.plan;

import dev.rollcall.provisioning.guardrail.GuardrailName;
import java.util.List;

/** What the guardrails say of a plan. Immutable and thread-safe. */
public final class GuardrailVerdict {
    /** What is left of a plan. */
    public enum Decision {
        /** All of it. */
        PASSED,
        /** All but what the exceeded limits are about; {@link Plan#blockedChanges()} has that. */
        REDUCED,
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

    /** {@return whether this guardrail tripped and was not allowed} */
    public boolean blocks(GuardrailName name) {
        return tripped.stream().anyMatch(one -> one.name() == name && !one.allowed());
    }

    /** {@return whether this guardrail tripped for an attribute or a group and was not allowed} */
    public boolean blocks(GuardrailName name, String subject) {
        return tripped.stream()
                .anyMatch(one ->
                        one.name() == name && !one.allowed() && one.subject().equals(subject));
    }

    @Override
    public String toString() {
        return decision + " " + tripped;
    }
}
