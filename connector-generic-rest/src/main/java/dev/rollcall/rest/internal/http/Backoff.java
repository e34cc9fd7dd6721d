package dev.rollcall.rest.internal.http;

import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.SplittableRandom;

/** When a call is made again: exponential with jitter, or when the application says. Thread-safe. */
final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    private final SplittableRandom random;

    Backoff(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** {@return the attempts at one call: told of each failure, they say how long to wait, or that it was the last} */
    Retry.AsyncContext<Object> attempts(Call call) {
        int attempts = 1 + call.policy().retries();
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(attempts)
                .retryOnException(failure -> mayRepeat(call, failure))
                .intervalBiFunction((attempt, outcome) -> wait(attempt, outcome).toMillis())
                .build();
        return Retry.of(call.what(), config).asyncContext();
    }

    private static boolean mayRepeat(Call call, Throwable failure) {
        if (!(failure instanceof AttemptFailed attempt) || !attempt.repeat().allows(call.repeatability())) {
            return false;
        }
        return attempt.failure()
                .retryAfter()
                .map(wait -> wait.compareTo(call.policy().maxRetryWait()) <= 0)
                .orElse(true);
    }

    private Duration wait(int attempt, Either<Throwable, ?> outcome) {
        if (outcome.isLeft() && outcome.getLeft() instanceof AttemptFailed failed) {
            Duration told = failed.failure().retryAfter().orElse(Duration.ZERO);
            if (!told.isZero()) {
                return told;
            }
        }
        long ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 10));
        synchronized (random) {
            return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        }
    }
}
