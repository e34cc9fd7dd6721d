package dev.rollcall.rest.internal.http;

/** Whether sending a call twice has the effect of sending it once. */
public enum Repeatability {
    /** It has not: the call may be made twice only if it was not processed. */
    NONE,
    /** It has, and the call writes one account: a failure that would come again must not delay the other accounts. */
    ACCOUNT_WRITE,
    /** It has. */
    FULL
}
