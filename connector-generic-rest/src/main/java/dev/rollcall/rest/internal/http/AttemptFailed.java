package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorException;

/** One attempt at a call failed; says whether another may help, which the kind alone does not tell. */
public final class AttemptFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final ConnectorException failure;
    private final Repeat repeat;

    AttemptFailed(ConnectorException failure, Repeat repeat) {
        super(failure.getMessage(), failure, false, false);
        this.failure = failure;
        this.repeat = repeat;
    }

    public ConnectorException failure() {
        return failure;
    }

    Repeat repeat() {
        return repeat;
    }
}
