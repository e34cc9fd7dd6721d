package dev.rollcall.provisioning.guardrail;

import dev.rollcall.provisioning.plan.Guardrail;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many are too many: more than a count, or more than a percentage. Immutable and thread-safe.
 *
 * @param count the most that are allowed; negative for any number
 * @param percent the highest percentage that is allowed; negative for any
 * @param atLeast below so many it never trips
 */
public record Limit(int count, double percent, int atLeast) {
    private static final int AT_LEAST = 3;

    /** {@return no limit} */
    public static Limit none() {
        return new Limit(-1, -1, AT_LEAST);
    }

    /** {@return at most so many} */
    public static Limit count(int count) {
        return new Limit(count, -1, AT_LEAST);
    }

    /** {@return at most this percentage} */
    public static Limit percent(double percent) {
        return new Limit(-1, percent, AT_LEAST);
    }

    /** {@return neither more than so many, nor more than this percentage} */
    public static Limit of(int count, double percent) {
        return new Limit(count, percent, AT_LEAST);
    }

    /** {@return this limit, which never trips below so many} */
    public Limit atLeast(int entries) {
        return new Limit(count, percent, entries);
    }

    public boolean trips(int actual, int population) {
        return actual >= atLeast && actual > 0 && (tripsCount(actual) || tripsPercent(actual, population));
    }

    private boolean tripsCount(int actual) {
        return count >= 0 && actual > count;
    }

    private boolean tripsPercent(int actual, int population) {
        return percent >= 0 && actual * 100.0 > percent * population;
    }

    /** What trips, with what it is about. */
    public Guardrail guardrail(String name, int actual, int population, boolean allowed) {
        if (tripsPercent(actual, population) && population > 0) {
            return new Guardrail(name, number(percent) + " %", number(actual * 100.0 / population) + " %", allowed);
        }
        return tripsCount(actual)
                ? new Guardrail(name, Integer.toString(count), Integer.toString(actual), allowed)
                : new Guardrail(name, number(percent) + " %", actual + " of " + population, allowed);
    }

    private static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
    }
}
