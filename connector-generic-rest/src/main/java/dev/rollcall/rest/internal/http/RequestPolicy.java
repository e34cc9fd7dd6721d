package dev.rollcall.rest.internal.http;

import java.time.Duration;

/**
 * How patient and how fast the calls of one endpoint are. Immutable and thread-safe.
 *
 * @param timeout until the headers of the response are there, and the longest silence within its body
 * @param bodyTimeout the longest that we wait for one whole body, silences added up
 * @param retries how often a call is repeated, 0 for never
 * @param maxRetryWait the longest wait before a retry that an application may ask for
 * @param requestsPerSecond how many calls a second at most, 0 for no limit
 * @param idempotent whether every method may be repeated, not only GET and HEAD
 */
public record RequestPolicy(
        Duration timeout,
        Duration bodyTimeout,
        int retries,
        Duration maxRetryWait,
        double requestsPerSecond,
        boolean idempotent) {

    public static RequestPolicy defaults() {
        return new RequestPolicy(Duration.ofSeconds(30), Duration.ofMinutes(15), 4, Duration.ofSeconds(60), 0, false);
    }
}
