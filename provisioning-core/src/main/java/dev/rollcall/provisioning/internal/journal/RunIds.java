package dev.rollcall.provisioning.internal.journal;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of runs, which sort by the time of their beginning: UUIDs of version 7 (RFC 9562). Immutable and thread-safe. */
final class RunIds {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RunIds() {}

    static String next(Instant now, RandomGenerator random) {
        long high = (now.toEpochMilli() << 16) | VERSION | random.nextLong(0x1000);
        long low = VARIANT | (random.nextLong() >>> 2);
        return new UUID(high, low).toString();
    }
}
