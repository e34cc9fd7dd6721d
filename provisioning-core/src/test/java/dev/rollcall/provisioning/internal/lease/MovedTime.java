package dev.rollcall.provisioning.internal.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that a test moves: a clock, and a monotonic clock beside it. */
final class MovedTime extends Clock {
    private Instant now = Instant.parse("2026-01-05T06:00:00Z");
    private long nanos = Long.MAX_VALUE - 1_000_000_000; // overflows on the way, as it may

    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    long nanoTime() {
        return nanos;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
