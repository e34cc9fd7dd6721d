package dev.rollcall.provisioning.policy;

/** Whose disabled accounts are enabled when their person is active (again). */
public enum Enabling {
    /** Those that a run disabled: told by the mark, or on OpenLDAP by the value itself. */
    OURS,
    /** All. */
    ALWAYS,
    /** None; they stay disabled, and are no conflict. */
    NEVER
}
