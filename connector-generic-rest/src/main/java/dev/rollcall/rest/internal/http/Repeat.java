package dev.rollcall.rest.internal.http;

/** Which calls are made again after an attempt that failed. */
public enum Repeat {
    /** None: another attempt would fail as well. */
    NEVER,
    /** Repeatable calls, but no writes of accounts: the application failed at this call, and may fail again. */
    UNLESS_ACCOUNT_WRITE,
    /** Repeatable calls: the application, or the way to it, could not do it now. */
    IF_REPEATABLE,
    /** All: the application refused to process the call, so that nothing is done twice. */
    ALWAYS;

    /** {@return whether a call may be made again} */
    public boolean allows(Repeatability call) {
        return switch (this) {
            case NEVER -> false;
            case UNLESS_ACCOUNT_WRITE -> call == Repeatability.FULL;
            case IF_REPEATABLE -> call != Repeatability.NONE;
            case ALWAYS -> true;
        };
    }
}
