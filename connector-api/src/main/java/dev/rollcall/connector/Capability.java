package dev.rollcall.connector;

/** What a connector can do beyond fetching all users. */
public enum Capability {
    /** {@link UserQuery#changedSince}. */
    CHANGED_SINCE,
    /** {@link UserQuery#byKeys}. */
    BY_KEYS,
    /** {@link Connector#invokeWebhook}. */
    WEBHOOKS,
    /** {@link Connector#accounts}: accounts can be created, changed and disabled in the application. */
    WRITES_ACCOUNTS
}
