package dev.rollcall.connector;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Why {@link Connector#authorize} is called: to see where things stand, to finish what a person began, or to give back what
 * was granted. Immutable and thread-safe.
 */
public final class AuthorizationRequest {
    /**
     * The code of the problem that a callback has the state of no authorization that was begun. The authorization stays open,
     * so that a host goes on waiting for the right callback: anybody can call the address.
     */
    public static final String UNKNOWN_STATE = "unknown-state";

    private static final AuthorizationRequest STATUS = new AuthorizationRequest(Optional.empty(), false);
    private static final AuthorizationRequest REVOCATION = new AuthorizationRequest(Optional.empty(), true);

    private final Optional<URI> callback;
    private final boolean revocation;

    private AuthorizationRequest(Optional<URI> callback, boolean revocation) {
        this.callback = callback;
        this.revocation = revocation;
    }

    /** {@return a request to obtain or confirm authorization without a person, or to say where to send one} */
    public static AuthorizationRequest begin() {
        return STATUS;
    }

    /** {@return a request to finish with the address that the person's browser was sent back to} */
    public static AuthorizationRequest finish(URI callback) {
        return new AuthorizationRequest(Optional.of(Objects.requireNonNull(callback, "callback")), false);
    }

    /** {@return a request to end what was granted, at the application and in the store} */
    public static AuthorizationRequest revoke() {
        return REVOCATION;
    }

    /** {@return the address that the person's browser was sent back to, with its query} */
    public Optional<URI> callback() {
        return callback;
    }

    /** {@return whether what was granted is to be ended} */
    public boolean isRevocation() {
        return revocation;
    }

    /** The callback holds a code, so only whether there is one is shown. */
    @Override
    public String toString() {
        return revocation
                ? "revoke authorization"
                : callback.isPresent() ? "finish authorization" : "begin authorization";
    }
}
