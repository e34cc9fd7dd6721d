package dev.rollcall.connector;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An application could not be reached, refused, or answered with something else than was agreed. */
public final class ConnectorException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /** An exception without a cause. */
    public ConnectorException(FailureKind kind, Problem problem) {
        this(kind, problem, null, null);
    }

    /**
     * An exception.
     *
     * @param retryAfter how long the application asked us to wait, or null
     * @param cause what the transport threw, or null; its message must hold no secret either
     */
    public ConnectorException(
            FailureKind kind, Problem problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(problem, retryAfter, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** {@return an exception for an operation that the connector does not have} */
    public static ConnectorException unsupported(String what) {
        return new ConnectorException(
                FailureKind.UNSUPPORTED,
                Problem.of("unsupported", "", what, "ask the descriptor's capabilities before calling"));
    }

    /** {@return what went wrong} */
    public FailureKind kind() {
        return kind;
    }

    @Override
    public boolean isRetryable() {
        return kind.isRetryable();
    }
}
