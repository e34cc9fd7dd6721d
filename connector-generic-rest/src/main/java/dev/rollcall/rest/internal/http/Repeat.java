package dev.rollcall.rest.internal.http;

/** Whether a call is made again after an attempt that failed. */
public enum Repeat {
    /** Another attempt would fail as well. */
    NEVER,
    /** Only a call for which sending it twice has the effect of sending it once. */
    IF_REPEATABLE,
    /** Any call: the application refused to process it, so that nothing is done twice. */
    ALWAYS;

    /**
     * {@return whether a call may be made again}
     *
     * @param repeatable whether sending it twice has the effect of sending it once
     */
    public boolean allows(boolean repeatable) {
        return this == ALWAYS || (this == IF_REPEATABLE && repeatable);
    }
}
