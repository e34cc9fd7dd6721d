package dev.rollcall.provisioning.state;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RollcallException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A state store cannot be reached, read or written. Its message never contains a password. */
public final class StateException extends RollcallException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * Creates an exception.
     *
     * @param cause what the database or file system threw, or null; its message must not contain a secret
     */
    public StateException(FailureKind kind, Problem problem, @Nullable Throwable cause) {
        super(problem, null, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
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
