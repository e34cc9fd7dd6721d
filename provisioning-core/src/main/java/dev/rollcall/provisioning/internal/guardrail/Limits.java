package dev.rollcall.provisioning.internal.guardrail;

import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Guardrail;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How limits are held against numbers, and how both are told. Immutable and thread-safe. */
final class Limits {
    private Limits() {}

    static boolean trips(Limit limit, int actual, int population) {
        return actual >= limit.atLeast()
                && actual > 0
                && (tripsCount(limit, actual) || tripsPercent(limit, actual, population));
    }

    private static boolean tripsCount(Limit limit, int actual) {
        return limit.count() >= 0 && actual > limit.count();
    }

    private static boolean tripsPercent(Limit limit, int actual, int population) {
        return limit.percent() >= 0 && actual * 100.0 > limit.percent() * population;
    }

    /** What trips, as a person reads it. */
    static Guardrail guardrail(Limit limit, String name, int actual, int population, boolean allowed) {
        if (tripsPercent(limit, actual, population) && population > 0) {
            return new Guardrail(
                    name, number(limit.percent()) + " %", number(actual * 100.0 / population) + " %", allowed);
        }
        return tripsCount(limit, actual)
                ? new Guardrail(name, Integer.toString(limit.count()), Integer.toString(actual), allowed)
                : new Guardrail(name, number(limit.percent()) + " %", actual + " of " + population, allowed);
    }

    private static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
    }
}
