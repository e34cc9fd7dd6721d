package dev.rollcall.formats.internal.source;

/** The limits of the language, the same for everyone. Immutable and thread-safe. */
public final class Limits {
    /** Characters of a source: a request body fits, a file does not. */
    public static final int SOURCE = 100_000;
    /** Expressions inside expressions. */
    public static final int DEPTH = 60;
    /** Characters of any text that an evaluation makes. */
    public static final int OUTPUT = 1_000_000;
    /** Items of any list that an evaluation makes. */
    public static final int ITEMS = 100_000;
    /** Function calls and items visited in one evaluation. */
    public static final int STEPS = 1_000_000;
    /** Characters that a regular expression may look at. */
    public static final int PATTERN_STEPS = 2_000_000;
    /** Problems told of one source. */
    public static final int PROBLEMS = 50;

    private Limits() {}
}
