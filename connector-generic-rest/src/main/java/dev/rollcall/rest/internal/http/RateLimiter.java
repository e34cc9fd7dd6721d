package dev.rollcall.rest.internal.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps calls apart: by a configured rate, and by the budget that an application tells in its headers. Thread-safe.
 */
final class RateLimiter {
    private static final List<String> REMAINING = List.of("X-RateLimit-Remaining", "RateLimit-Remaining");
    private static final List<String> RESETS = List.of("X-RateLimit-Reset", "RateLimit-Reset");

    private final Pause pause;
    private long nextFree;
    private boolean started;

    RateLimiter(Pause pause) {
        this.pause = pause;
    }

    /** Waits until the next call may go. */
    void await(double requestsPerSecond) throws InterruptedException {
        long wait;
        synchronized (this) {
            long now = pause.nanoTime();
            long slot = started ? Math.max(now, nextFree) : now;
            started = true;
            wait = slot - now;
            nextFree = slot + (requestsPerSecond > 0 ? Math.round(1e9 / requestsPerSecond) : 0);
        }
        if (wait > 0) {
            pause.sleep(Duration.ofNanos(wait));
        }
    }

    /** Holds the next call until the budget is renewed, if none is left of it and it is worth waiting for. */
    void observe(HttpHeaders headers, Instant now, Duration longest) {
        if (first(headers, REMAINING).filter("0"::equals).isEmpty()) {
            return;
        }
        Duration wait = first(headers, RESETS)
                .flatMap(value -> RetryAfter.reset(value, now))
                .orElse(Duration.ZERO);
        if (wait.compareTo(longest) <= 0) {
            synchronized (this) {
                long until = pause.nanoTime() + wait.toNanos();
                nextFree = started ? Math.max(nextFree, until) : until;
                started = true;
            }
        }
    }

    private static Optional<String> first(HttpHeaders headers, List<String> names) {
        return names.stream()
                .flatMap(name -> headers.firstValue(name).stream())
                .map(String::trim)
                .findFirst();
    }
}
