package dev.rollcall.mapping.rule;

/** What becomes of a value that is too long for its attribute, or has characters that the attribute forbids. */
public enum OnLimit {
    /** The record cannot be mapped. */
    FAIL,
    /** The value is made to fit: what is too long is cut off, what is forbidden is left out. */
    TRUNCATE,
    /** The attribute stays as it is. */
    SKIP
}
