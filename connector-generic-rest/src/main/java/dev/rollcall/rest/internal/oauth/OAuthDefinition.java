package dev.rollcall.rest.internal.oauth;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.TokenStore;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.oauth.FileTokenStore;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A block {@code authorization} of type {@code oauth2}, read and checked. Immutable and thread-safe. Prints no secret.
 *
 * @param settings how tokens are granted
 * @param prefix before the token in the header
 * @param file where tokens outlive the process; null for where the host keeps them
 * @param key of that file; null without one
 */
public record OAuthDefinition(
        OAuthSettings settings,
        String prefix,
        @Nullable Path file,
        @Nullable Secret key) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** {@return what adds the tokens to the calls of one connector} */
    public Authorizer connect(HttpTransport transport, ConnectorContext context, Redactor redactor) {
        SecureRandom random = new SecureRandom();
        TokenStore store = file == null || key == null ? context.tokenStore() : new FileTokenStore(file, key, random);
        boolean json = settings.clientAuthentication() == OAuthSettings.ClientAuthentication.JSON;
        OAuthGrants grants =
                new OAuthGrants(settings, new GrantHttp(transport, TIMEOUT, json), redactor, context.clock());
        return new OAuthAuthorizer(new OAuthTokens(settings, grants, store, context.clock(), random), prefix, redactor);
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
