package dev.rollcall.provisioning.guardrail;

/**
 * How many are too many: more than a count, or more than a percentage. Immutable and thread-safe.
 *
 * @param count the most that are allowed; negative for any number
 * @param percent the highest percentage that is allowed, which may be above 100; negative for any
 * @param atLeast the limit never trips below this many
 */
public record Limit(int count, double percent, int atLeast) {
    private static final int AT_LEAST = 3;

    /** {@return no limit} */
    public static Limit none() {
        return new Limit(-1, -1, AT_LEAST);
    }

    /** {@return at most this many} */
    public static Limit count(int count) {
        return new Limit(count, -1, AT_LEAST);
    }

    /** {@return at most this percentage} */
    public static Limit percent(double percent) {
        return new Limit(-1, percent, AT_LEAST);
    }

    /** {@return at most this many, and at most this percentage} */
    public static Limit of(int count, double percent) {
        return new Limit(count, percent, AT_LEAST);
    }

    /** {@return this limit, which never trips below this many} */
    public Limit atLeast(int entries) {
        return new Limit(count, percent, entries);
    }

    /** {@return whether the count or the percentage is exceeded, by at least {@link #atLeast()}} */
    public boolean trips(long actual, long population) {
        return judged(actual) && (tripsCount(actual) || tripsPercent(actual, population));
    }

    /** {@return whether the count and the percentage are exceeded, as far as each is limited} */
    public boolean tripsBoth(long actual, long population) {
        boolean limited = count >= 0 || percent >= 0;
        return limited
                && judged(actual)
                && (count < 0 || tripsCount(actual))
                && (percent < 0 || tripsPercent(actual, population));
    }

    private boolean judged(long actual) {
        return actual >= atLeast && actual > 0;
    }

    private boolean tripsCount(long actual) {
        return count >= 0 && actual > count;
    }

    private boolean tripsPercent(long actual, long population) {
        return percent >= 0 && actual * 100.0 > percent * population;
    }
}
