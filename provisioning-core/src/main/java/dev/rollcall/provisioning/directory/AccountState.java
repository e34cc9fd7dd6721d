package dev.rollcall.provisioning.directory;

/** Whether an account can be used. A lockout by the server itself, which passes by itself, is not a state of ours. */
public enum AccountState {
    /** The account can be used. */
    ENABLED,
    /** The account was disabled by a person or by a run, not locked by the server for a while. */
    DISABLED
}
