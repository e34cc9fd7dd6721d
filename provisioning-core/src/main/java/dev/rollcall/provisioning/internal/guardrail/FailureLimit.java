package dev.rollcall.provisioning.internal.guardrail;

import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Guardrail;
import java.util.Set;

/**
 * When a run stops because too many changes fail: more than {@code count} of them, or more than {@code percent} of all
 * changes in the plan. Immutable and thread-safe.
 *
 * @param count how many may fail
 * @param percent how many of a hundred may fail; does not count while fewer than {@code atLeast} failed
 * @param atLeast from how many failures on the percent counts
 */
public record FailureLimit(int count, double percent, int atLeast) {
    /** None may be negative. */
    public FailureLimit {
        if (count < 0 || percent < 0 || atLeast < 0) {
            throw new IllegalArgumentException("a limit is not negative");
        }
    }

    /** When a run stops because too much fails. */
    public static FailureLimit of(Guardrails guardrails, Set<String> allowed) {
        Limit failures = guardrails.limit(GuardrailName.FAILURES);
        return allowed.contains(GuardrailName.FAILURES.word())
                ? new FailureLimit(Integer.MAX_VALUE, 100, 3)
                : new FailureLimit(
                        failures.count() < 0 ? Integer.MAX_VALUE : failures.count(),
                        failures.percent() < 0 ? 100 : failures.percent(),
                        failures.atLeast());
    }

    /** {@return 20 failures or 20 percent} */
    public static FailureLimit standard() {
        return new FailureLimit(20, 20, 3);
    }

    /** What tripped, in the form of a plan's guardrails. */
    public Guardrail guardrail(int failures, int planned) {
        Limit limit = Limit.of(count, percent).atLeast(atLeast);
        return new Guardrail(GuardrailName.FAILURES, "", limit, failures, planned, "", false);
    }

    public boolean exceededBy(int failures, int planned) {
        return failures > count || (failures >= atLeast && failures * 100.0 > percent * planned);
    }
}
