package dev.rollcall.formats.function;

/** What a condition says: it may also be unknown, when a column it compares is absent, null or unknown. */
public enum Truth {
    /** It holds. */
    TRUE,
    /** It does not hold. */
    FALSE,
    /** It cannot be told. */
    UNKNOWN;

    /** {@return true or false as a truth} */
    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
