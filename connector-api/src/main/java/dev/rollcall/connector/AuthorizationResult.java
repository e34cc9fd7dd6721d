package dev.rollcall.connector;

import java.net.URI;
import java.util.Objects;

/** Where authorization stands. Immutable and thread-safe. */
public sealed interface AuthorizationResult {
    /** {@return the result of a connector that needs none} */
    static AuthorizationResult notNeeded() {
        return new NotNeeded();
    }

    /** {@return the result of a connector whose credentials are in place} */
    static AuthorizationResult granted() {
        return new Granted();
    }

    /** {@return the result of a connector that needs a person to open {@code address}} */
    static AuthorizationResult sendPersonTo(URI address) {
        return new SendPersonTo(address);
    }

    /** {@return the result of a connector whose credentials were given back} */
    static AuthorizationResult revoked() {
        return new Revoked();
    }

    /** Nothing is needed. */
    record NotNeeded() implements AuthorizationResult {}

    /** Calls can be made. */
    record Granted() implements AuthorizationResult {}

    /** Calls can no longer be made. */
    record Revoked() implements AuthorizationResult {}

    /**
     * A person must open an address and agree; then call {@link AuthorizationRequest#finish}.
     *
     * @param address where to send them
     */
    record SendPersonTo(URI address) implements AuthorizationResult {
        /** An address is required. */
        public SendPersonTo {
            Objects.requireNonNull(address, "address");
        }

        /** Without the query and the fragment, in which the state is that a callback is known by. */
        @Override
        public String toString() {
            return "send a person to " + address.getScheme() + "://" + address.getHost();
        }
    }
}
