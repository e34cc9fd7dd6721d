package dev.rollcall.connector;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of what Rollcall throws. One final class per thing at fault extends it; a host that only wants to know
 * whether to try again asks {@link #isRetryable()} here. Its message never holds a secret.
 */
public abstract class RollcallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient @Nullable Duration retryAfter;

    /**
     * For subclasses, which are all in Rollcall.
     *
     * @param retryAfter how long the other side asked us to wait, or null
     */
    protected RollcallException(Problem problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(Objects.requireNonNull(problem, "problem").toString(), cause);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** {@return what is wrong, where, and what to do} */
    public Problem problem() {
        return problem;
    }

    /** {@return whether the same call, made again later, may succeed} */
    public abstract boolean isRetryable();

    /** {@return how long the other side asked us to wait, if it did} */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
