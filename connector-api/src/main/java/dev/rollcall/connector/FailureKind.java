package dev.rollcall.connector;

/** What went wrong on the way to an application or a directory; a metric tag, a log field and a report column. */
public enum FailureKind {
    /** The credentials were refused. */
    UNAUTHORIZED,
    /** A person must authorize again; no retry can help. */
    CONSENT_REQUIRED,
    /** The credentials are good, but do not allow this. */
    FORBIDDEN,
    /** What was asked for is not there. */
    NOT_FOUND,
    /** Too many calls; see {@link RollcallException#retryAfter()}. */
    RATE_LIMITED,
    /** The other side cannot be reached, or says that it cannot work now. */
    UNAVAILABLE,
    /** No answer in time. */
    TIMEOUT,
    /** The other side understood and refused. */
    REJECTED,
    /** The answer is not what was agreed: cut off, not JSON, a repeated page, a cursor that stands still. */
    MALFORMED_RESPONSE,
    /** The answer points to another origin, where no credential may go. */
    UNTRUSTED_ORIGIN,
    /** A limit of ours: pages, records, bytes, time. */
    LIMIT_EXCEEDED,
    /** It is unknown whether the call took effect. */
    AMBIGUOUS,
    /** The thread was interrupted, or the run was cancelled. */
    CANCELLED,
    /** This connector or directory cannot do that. */
    UNSUPPORTED;

    /** {@return whether the same call, made again later, may succeed} */
    public boolean isRetryable() {
        return this == RATE_LIMITED || this == UNAVAILABLE || this == TIMEOUT;
    }
}
