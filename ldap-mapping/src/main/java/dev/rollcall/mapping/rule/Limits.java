package dev.rollcall.mapping.rule;

/** Whose rules about length, number of values and forbidden characters the values of a mapping must keep. */
public enum Limits {
    /** Those of Active Directory's schema, and of logon names in it and in Microsoft 365. */
    ACTIVE_DIRECTORY,
    /** None but those that the mapping states itself. */
    NONE
}
