package dev.rollcall.connector;

import org.jspecify.annotations.Nullable;

/**
 * This process has too little memory, or too little disk space for temporary files. Its message has what is needed, what
 * there is, and which setting changes that.
 */
public final class ResourceException extends RollcallException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param cause what the Java platform threw, or null if the shortage was foreseen
     */
    public ResourceException(Problem problem, @Nullable Throwable cause) {
        super(problem, null, cause);
    }

    /** {@return always {@link FailureKind#LIMIT_EXCEEDED}} */
    public FailureKind kind() {
        return FailureKind.LIMIT_EXCEEDED;
    }

    /** {@return false: the process needs more memory or disk space first} */
    @Override
    public boolean isRetryable() {
        return false;
    }
}
