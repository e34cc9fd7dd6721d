package dev.rollcall.mapping.rule;

/** When an attribute or the DN is written. */
public enum Apply {
    /** In every run: the directory follows the application. */
    ALWAYS,
    /** When the entry is made; from then on it belongs to the directory. */
    ON_CREATE
}
