package dev.rollcall.rest.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.connector.TokenStore;
import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.JdkTransport;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A token endpoint, a clock that a test sets, a store, and the settings of a client. */
abstract class OAuthSuite {
    static final String SECRET = "s3cret/+&=:%~";
    static final URI REDIRECT = URI.create("http://127.0.0.1:8400/callback");

    Instant now = Instant.parse("2026-11-23T08:00:00Z");
    final Clock clock = clock();
    final TokenStore store = TokenStore.inMemory();
    OAuthServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OAuthServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    OAuthTokens tokens(OAuthSettings settings, TokenStore in) {
        HttpTransport http = JdkTransport.of(HttpClient::newHttpClient, ConnectorContext.defaults());
        OAuthGrants grants = new OAuthGrants(
                settings, new GrantHttp(http, Duration.ofSeconds(10), false), new Redactor(List.of(SECRET)), clock);
        return new OAuthTokens(settings, grants, in, clock, new SecureRandom());
    }

    OAuthSettings.Builder client(String id, String... scopes) {
        return OAuthSettings.clientCredentials(server.tokenUrl(), id, Secret.of(SECRET))
                .scopes(List.of(scopes));
    }

    OAuthTokens clientCredentials() {
        return tokens(client("client one", "users:read", "admin").build(), store);
    }

    OAuthSettings code() {
        return codeBuilder().build();
    }

    OAuthSettings.Builder codeBuilder() {
        return OAuthSettings.authorizationCode(server.origin() + "/#/authorize", server.tokenUrl(), "web", REDIRECT)
                .clientSecret(Secret.of(SECRET));
    }

    void stored(String access, String refresh, @Nullable Duration life) {
        store.save(
                code().credential(),
                new StoredToken(
                        Secret.of(access), Secret.of(refresh), now, life == null ? null : now.plus(life), Map.of()));
    }

    static String begin(OAuthTokens tokens) {
        AuthorizationResult result = tokens.authorize(AuthorizationRequest.begin());
        return ((AuthorizationResult.SendPersonTo) result).address().toString();
    }

    /** {@return the address that a person comes back to} */
    static URI answer(String query) {
        return URI.create(REDIRECT + "?" + query);
    }

    static String parameter(String address, String name) {
        Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(address);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
