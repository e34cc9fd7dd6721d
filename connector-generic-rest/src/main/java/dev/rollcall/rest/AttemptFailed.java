package dev.rollcall.rest;

import dev.rollcall.connector.ConnectorException;

/** One attempt at a call failed; says whether another may help, which the kind alone does not tell. */
final class AttemptFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final ConnectorException failure;
    private final boolean worthAnother;

    AttemptFailed(ConnectorException failure, boolean worthAnother) {
        super(failure.getMessage(), failure, false, false);
        this.failure = failure;
        this.worthAnother = worthAnother;
    }

    ConnectorException failure() {
        return failure;
    }

    boolean isWorthAnother() {
        return worthAnother;
    }
}
