package dev.rollcall.connector;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** Why {@link Connector#authorize} is called: to see where things stand, or to finish what a person began. Immutable and thread-safe. */
public final class AuthorizationRequest {
    private static final AuthorizationRequest STATUS = new AuthorizationRequest(Optional.empty());

    private final Optional<URI> callback;

    private AuthorizationRequest(Optional<URI> callback) {
        this.callback = callback;
    }

    /** {@return a request to obtain or confirm authorization without a person, or to say where to send one} */
    public static AuthorizationRequest begin() {
        return STATUS;
    }

    /** {@return a request to finish with the address that the person's browser was sent back to} */
    public static AuthorizationRequest finish(URI callback) {
        return new AuthorizationRequest(Optional.of(Objects.requireNonNull(callback, "callback")));
    }

    /** {@return the address that the person's browser was sent back to, with its query} */
    public Optional<URI> callback() {
        return callback;
    }

    /** The callback holds a code, so only whether there is one is shown. */
    @Override
    public String toString() {
        return callback.isPresent() ? "finish authorization" : "begin authorization";
    }
}
