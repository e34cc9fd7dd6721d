package dev.rollcall.rest;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Secret;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.internal.oauth.OAuthDefinition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code authorization}, read and checked. Immutable and thread-safe. Prints no secret.
 *
 * @param authorizer adds the credentials
 * @param oauth how tokens are granted; null for any other type
 * @param origins more origins than the endpoints' first that may have them
 * @param plainHttpAllowed whether they may go unencrypted to other machines
 * @param secrets what must never be seen
 */
record AuthorizationSettings(
        Authorizer authorizer,
        @Nullable OAuthDefinition oauth,
        Set<Origin> origins,
        boolean plainHttpAllowed,
        List<Secret> secrets) {

    static AuthorizationSettings none() {
        return new AuthorizationSettings(Authorizer.none(), null, Set.of(), false, List.of());
    }

    /** {@return whether calls carry a credential} */
    boolean hasCredentials() {
        return oauth != null || authorizer.hasCredentials();
    }

    /** {@return what adds the credentials to the calls of one connector} */
    Authorizer connect(HttpTransport transport, ConnectorContext context, Redactor redactor) {
        return oauth == null ? authorizer : oauth.connect(transport, context, redactor);
    }
}
