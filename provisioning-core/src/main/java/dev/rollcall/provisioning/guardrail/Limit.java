package dev.rollcall.provisioning.guardrail;

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
}
