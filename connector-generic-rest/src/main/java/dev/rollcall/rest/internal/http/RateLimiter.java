package dev.rollcall.rest.internal.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps calls apart: by a configured rate, and by the budget that an application tells in its headers. Thread-safe.
 */
final class RateLimiter {
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
        if (!RateLimitHeaders.isUsedUp(headers)) {
            return;
        }
        Duration wait = RateLimitHeaders.reset(headers, now).orElse(Duration.ZERO);
        if (wait.compareTo(longest) <= 0) {
            synchronized (this) {
                long until = pause.nanoTime() + wait.toNanos();
                nextFree = started ? Math.max(nextFree, until) : until;
                started = true;
            }
        }
    }
}
