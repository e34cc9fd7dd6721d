package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Value;

/** Adds credentials to calls. Implementations are thread-safe, and their {@code toString} holds no secret. */
public interface Authorizer {
    /** Stands for a credential where it is shown. */
    String HIDDEN = "[secret]";

    /** {@return an authorizer that adds nothing} */
    static Authorizer none() {
        return call -> call;
    }

    /**
     * Adds the credentials.
     *
     * @throws ConnectorException if they cannot be obtained
     */
    Call authorize(Call call);

    /** {@return the call with a placeholder for what {@link #authorize} would add; without I/O} */
    default Call hidden(Call call) {
        return call;
    }

    /** {@return whether calls carry a credential} */
    default boolean hasCredentials() {
        return false;
    }

    /**
     * {@return where authorization stands, or what is to be done about it}
     *
     * @throws ConnectorException if the application refuses or cannot be reached
     */
    default AuthorizationResult grant(AuthorizationRequest request) {
        if (request.isRevocation()) {
            throw ConnectorException.unsupported("nothing was granted that could be given back");
        }
        return hasCredentials() ? AuthorizationResult.granted() : AuthorizationResult.notNeeded();
    }

    /** {@return what the application told together with the credential, such as the address to call} */
    default Value told(ColumnPath path) {
        return Value.absent();
    }

    /**
     * Told when an application refused a call with status 401.
     *
     * @param refused the call as it was sent
     * @return whether there is another credential now, with which the call is to be made once more
     */
    default boolean renew(Call refused) {
        return false;
    }
}
