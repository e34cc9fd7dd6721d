package dev.rollcall.connector;

import java.time.Duration;

/**
 * Where a fetch that does not end by itself is stopped. Immutable and thread-safe.
 *
 * @param maxPages pages, at least 1
 * @param maxRecords items over all pages, at least 1
 * @param maxDuration wall time from the first page, more than zero
 */
public record PageLimits(long maxPages, long maxRecords, Duration maxDuration) {
    /** Limits are positive. */
    public PageLimits {
        if (maxPages < 1 || maxRecords < 1 || maxDuration.isNegative() || maxDuration.isZero()) {
            throw new IllegalArgumentException("page limits must be positive");
        }
    }

    /** {@return 100,000 pages, 20 million items, 12 hours} */
    public static PageLimits defaults() {
        return new PageLimits(100_000, 20_000_000, Duration.ofHours(12));
    }
}
