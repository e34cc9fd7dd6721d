package dev.rollcall.rest.internal.oauth;

import com.github.scribejava.core.pkce.PKCE;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.connector.TokenStore;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token of one credential: obtained, kept fresh, and stored before it is used. Thread-safe.
 *
 * <p>One refresh happens at a time per credential, over all threads and processes that share the store: a caller that comes
 * second finds the new token in the store and refreshes nothing. RFC 9700 is the practice followed.
 */
final class OAuthTokens {
    /** Renewed this long before the end, but never more than a tenth of the life. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** How long a person may take to agree. */
    private static final Duration PENDING = Duration.ofMinutes(15);

    private final OAuthSettings settings;
    private final OAuthGrants grants;
    private final TokenStore store;
    private final Clock clock;
    private final SecureRandom random;
    private @Nullable Pending pending;

    OAuthTokens(OAuthSettings settings, OAuthGrants grants, TokenStore store, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.grants = grants;
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** What was asked of a person and not yet answered. */
    private record Pending(String state, @Nullable PKCE pkce, Instant until) {
        @Override
        public String toString() {
            return "an authorization that waits until " + until;
        }
    }

    /**
     * {@return an access token that works by our clock}
     *
     * @throws ConnectorException of kind CONSENT_REQUIRED if only a person can help
     */
    StoredToken current() {
        Optional<StoredToken> stored = store.load(settings.credential());
        return stored.isPresent() && isFresh(stored.get()) ? stored.get() : renew(null);
    }

    /** {@return another token than the one an application just refused} */
    StoredToken insteadOf(Secret refused) {
        return renew(refused);
    }

    private StoredToken renew(@Nullable Secret refused) {
        return store.exclusively(settings.credential(), () -> renewLocked(refused));
    }

    private StoredToken renewLocked(@Nullable Secret refused) {
        @Nullable StoredToken stored = store.load(settings.credential()).orElse(null);
        if (stored != null
                && isFresh(stored)
                && (refused == null || !stored.accessToken().equals(refused))) {
            return stored;
        }
        StoredToken fresh = obtain(stored);
        store.save(settings.credential(), fresh);
        return fresh;
    }

    private StoredToken obtain(@Nullable StoredToken stored) {
        if (settings.grant() == OAuthSettings.Grant.CLIENT_CREDENTIALS) {
            return ofTheClient();
        }
        Secret refreshToken = stored == null ? null : stored.refreshToken().orElse(null);
        if (refreshToken == null) {
            throw consentRequired("no token is stored, or it cannot be renewed");
        }
        try {
            return grants.refresh(refreshToken);
        } catch (ConnectorException e) {
            if (e.kind() == FailureKind.AMBIGUOUS) {
                // The server may have rotated the token; using the old one again could end the whole grant.
                throw consentRequired("the answer to the last refresh was lost");
            } else if (e.problem().code().equals(TokenResponses.SERVER_ERROR)) {
                // For the same reason it is not tried again now; the next run finds out.
                Problem problem = e.problem();
                throw new ConnectorException(
                        FailureKind.AMBIGUOUS,
                        Problem.of(problem.code(), problem.path(), problem.message(), "run again later"));
            } else if (e.kind() != FailureKind.CONSENT_REQUIRED) {
                throw e;
            }
            // Somebody who does not hold the lock of this store may have been faster.
            StoredToken now = store.load(settings.credential()).orElse(null);
            if (now != null && !now.equals(stored) && isFresh(now)) {
                return now;
            }
            throw consentRequired("the application no longer accepts the refresh token");
        }
    }

    /** A token more harms nobody: where the answer was lost, asking again is safe. */
    private StoredToken ofTheClient() {
        try {
            return grants.clientCredentials();
        } catch (ConnectorException e) {
            throw e.kind() == FailureKind.AMBIGUOUS ? new ConnectorException(FailureKind.UNAVAILABLE, e.problem()) : e;
        }
    }

    AuthorizationResult authorize(AuthorizationRequest request) {
        if (request.isRevocation()) {
            revoke();
            return AuthorizationResult.revoked();
        }
        if (settings.grant() == OAuthSettings.Grant.CLIENT_CREDENTIALS) {
            current();
            return AuthorizationResult.granted();
        }
        if (request.callback().isPresent()) {
            finish(request.callback().get());
            return AuthorizationResult.granted();
        }
        try {
            current();
            return AuthorizationResult.granted();
        } catch (ConnectorException e) {
            if (e.kind() != FailureKind.CONSENT_REQUIRED) {
                throw e;
            }
            return AuthorizationResult.sendPersonTo(begin());
        }
    }

    /** What could not be given back is kept, so that it can be tried again. */
    private void revoke() {
        if (settings.revocationUrl().isEmpty()) {
            throw ConnectorException.unsupported("where tokens are given back is not known: set revocationUrl");
        }
        store.exclusively(settings.credential(), () -> {
            Optional<StoredToken> stored = store.load(settings.credential());
            stored.ifPresent(token -> {
                grants.revoke(token);
                store.remove(settings.credential());
            });
            return stored;
        });
    }

    private synchronized URI begin() {
        String state = encode(randomBytes());
        PKCE pkce = settings.pkce() ? OAuthGrants.newPkce(randomBytes()) : null;
        pending = new Pending(state, pkce, clock.instant().plus(PENDING));
        return URI.create(grants.authorizationUrl(state, Optional.ofNullable(pkce)));
    }

    private void finish(URI callback) {
        String redirect = settings.redirectUri().map(URI::getPath).orElse("");
        if (!redirect.equals(callback.getPath())) {
            throw refused("the answer came to another address than redirectUri");
        }
        Map<String, String> answer = parameters(callback);
        Pending asked = take(answer.getOrDefault("state", ""));
        if (asked == null || clock.instant().isAfter(asked.until())) {
            throw refused(
                    AuthorizationRequest.UNKNOWN_STATE,
                    "the answer does not belong to a question that is open: its state is unknown, used or too old");
        }
        if (answer.containsKey("error")) {
            String error = answer.getOrDefault("error", "");
            String said = answer.getOrDefault("error_description", "");
            throw refused("the application answered "
                    + (error.matches("[a-z_]{1,60}") ? error : "with an error")
                    + (said.matches("[ !#-\\[\\]-~]{1,200}") ? ", " + said : ""));
        }
        String issuer = answer.get("iss");
        if (issuer != null && !sameSite(issuer)) {
            throw refused("the answer names another issuer (RFC 9207)");
        }
        String code = answer.get("code");
        if (code == null || code.isBlank()) {
            throw refused("the answer holds neither a code nor an error");
        }
        StoredToken token =
                grants.exchange(code, asked.pkce() == null ? null : asked.pkce().getCodeVerifier());
        store.exclusively(settings.credential(), () -> {
            store.save(settings.credential(), token);
            return token;
        });
    }

    /** An issuer is as good as the authorization or token endpoint that shares its origin. */
    private boolean sameSite(String issuer) {
        String origin = origin(issuer);
        return origin.equals(origin(settings.tokenUrl().toString()))
                || origin.equals(origin(settings.authorizationUrl().orElse("")));
    }

    private static String origin(String url) {
        int path = url.indexOf('/', Math.max(0, url.indexOf("://")) + 3);
        return path < 0 ? url : url.substring(0, path);
    }

    /** {@return the question that has this state, which is closed by it; null if none has} A stranger's callback closes none. */
    private synchronized @Nullable Pending take(String state) {
        Pending asked = pending;
        if (asked == null || !sameState(asked.state(), state)) {
            return null;
        }
        pending = null;
        return asked;
    }

    private boolean isFresh(StoredToken token) {
        if (token.expiresAt().isEmpty()) {
            return true;
        }
        Instant end = token.expiresAt().get();
        Duration tenth = Duration.between(token.receivedAt(), end).dividedBy(10);
        Duration skew = tenth.compareTo(SKEW) < 0 ? tenth : SKEW;
        return clock.instant().isBefore(end.minus(skew));
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes as long for a near miss as for a wild guess. */
    private static boolean sameState(String asked, String answered) {
        return MessageDigest.isEqual(asked.getBytes(StandardCharsets.UTF_8), answered.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(URI callback) {
        Map<String, String> parameters = new HashMap<>();
        String query = callback.getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.putIfAbsent(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static ConnectorException consentRequired(String why) {
        return new ConnectorException(
                FailureKind.CONSENT_REQUIRED,
                Problem.of("consent-required", "authorization", why, "a person must authorize again"));
    }

    private static ConnectorException refused(String why) {
        return refused("authorization-refused", why);
    }

    private static ConnectorException refused(String code, String why) {
        return new ConnectorException(FailureKind.REJECTED, Problem.of(code, "authorization", why, "begin again"));
    }
}
