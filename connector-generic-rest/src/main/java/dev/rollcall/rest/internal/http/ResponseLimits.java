package dev.rollcall.rest.internal.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How large and how old a response may be before it is given up. Immutable and thread-safe.
 *
 * @param maxBytes of one body, after unpacking
 * @param maxDepth of nested objects and lists
 * @param maxTextLength of one text in it, in characters
 * @param maxNumberLength of one number, in digits
 * @param maxAge since its content was modified, as a file or the header Last-Modified says; null for any age
 */
public record ResponseLimits(
        long maxBytes,
        int maxDepth,
        int maxTextLength,
        int maxNumberLength,
        @Nullable Duration maxAge) {
    /** What is read of a page before any of it is handed out, so that a broken connection can be retried. */
    public static final int BUFFER_BYTES = 8 << 20;

    /** A body this many times larger than what was sent is no list of people, it is an attack. */
    static final int MAX_RATIO = 200;

    /** Below this many bytes nobody cares about the ratio. */
    static final int RATIO_FROM_BYTES = 16 << 20;

    public static ResponseLimits defaults() {
        return new ResponseLimits(1L << 30, 100, 10_000_000, 1000, null);
    }
}
