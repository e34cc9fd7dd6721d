package dev.rollcall.rest.internal.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.exceptions.OAuthException;
import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.OAuth20Service;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;
import com.github.scribejava.core.oauth2.clientauthentication.RequestBodyAuthenticationScheme;
import com.github.scribejava.core.pkce.PKCE;
import com.github.scribejava.core.pkce.PKCEService;
import com.github.scribejava.core.revoke.TokenTypeHint;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.rest.internal.http.HttpStatus;
import dev.rollcall.rest.internal.http.Repeat;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The token requests of RFC 6749, made by scribejava; what comes back is read here, since real servers answer with
 * texts, pages and statuses that scribejava does not tell apart. Thread-safe.
 */
final class OAuthGrants {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The code of the problem that the authorization server failed, and thus may have done what it was asked or not. */
    static final String SERVER_ERROR = "oauth-server-error";

    private static final Set<String> PROVEN_TYPES = Set.of("dpop", "pop", "mac");
    private static final Set<String> KNOWN_MEMBERS =
            Set.of("access_token", "refresh_token", "token_type", "expires_in", "id_token");

    private final OAuthSettings settings;
    private final Service service;
    private final Clock clock;

    OAuthGrants(OAuthSettings settings, GrantHttp http, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.service = new Service(settings, new Endpoints(settings), http);
    }

    /** The requests as scribejava makes them, sent in our way. */
    private static final class Service extends OAuth20Service {
        private final OAuthSettings settings;
        private final GrantHttp http;

        Service(OAuthSettings settings, DefaultApi20 endpoints, GrantHttp http) {
            super(
                    endpoints,
                    settings.clientId(),
                    settings.clientSecret().map(Secret::reveal).orElse(null),
                    settings.redirectUri().map(Object::toString).orElse(null),
                    settings.scopes().isEmpty() ? null : String.join(" ", settings.scopes()),
                    "code",
                    null,
                    null,
                    null,
                    null);
            this.settings = settings;
            this.http = http;
        }

        @Override
        public Response execute(OAuthRequest request) throws InterruptedException, IOException {
            return http.send(request);
        }

        @Override
        protected OAuthRequest createAccessTokenClientCredentialsGrantRequest(@Nullable String scope) {
            OAuthRequest request = super.createAccessTokenClientCredentialsGrantRequest(scope);
            settings.extraParameters().forEach(request::addParameter);
            return request;
        }

        /** {@return the answer itself, since scribejava takes any refusal for JSON} */
        Response revoke(Secret token, TokenTypeHint hint) throws InterruptedException, IOException {
            return execute(createRevokeTokenRequest(token.reveal(), hint));
        }
    }

    /** {@return the address to send a person to} */
    String authorizationUrl(String state, Optional<PKCE> pkce) {
        var url = service.createAuthorizationUrlBuilder().state(state).additionalParams(settings.extraParameters());
        pkce.ifPresent(url::pkce);
        return url.build();
    }

    /** {@return a new code verifier of 32 random bytes and its S256 challenge} */
    static PKCE newPkce(byte[] random) {
        return PKCEService.defaultInstance().generatePKCE(random);
    }

    StoredToken exchange(String code, @Nullable String verifier) {
        AccessTokenRequestParams parameters = AccessTokenRequestParams.create(code);
        settings.extraParameters().forEach(parameters::addExtraParameter);
        if (verifier != null) {
            parameters.pkceCodeVerifier(verifier);
        }
        return request("exchange of the code", () -> service.getAccessToken(parameters));
    }

    StoredToken refresh(Secret refreshToken) {
        StoredToken fresh = request("refresh of the token", () -> service.refreshAccessToken(refreshToken.reveal()));
        return fresh.refreshToken().isPresent()
                ? fresh
                : new StoredToken(
                        fresh.accessToken(),
                        refreshToken,
                        fresh.receivedAt(),
                        fresh.expiresAt().orElse(null),
                        fresh.extra());
    }

    StoredToken clientCredentials() {
        return request("request for a token", service::getAccessTokenClientCredentialsGrant);
    }

    /** Gives a grant back (RFC 7009): with the refresh token, if there is one, its access tokens end too. */
    void revoke(StoredToken token) {
        Secret given = token.refreshToken().orElse(token.accessToken());
        TokenTypeHint hint =
                token.refreshToken().isPresent() ? TokenTypeHint.REFRESH_TOKEN : TokenTypeHint.ACCESS_TOKEN;
        blocking("revocation", () -> {
            Response answer = service.revoke(given, hint);
            if (!HttpStatus.isSuccess(answer.getCode())) {
                throw refusal("revocation", answer.getCode(), error(parse(answer.getBody())));
            }
            return answer;
        });
    }

    /** A blocking request. */
    @FunctionalInterface
    private interface Blocking<T> {
        T send() throws IOException, InterruptedException, ExecutionException;
    }

    private StoredToken request(String what, Blocking<OAuth2AccessToken> request) {
        return ((Answer) blocking(what, request)).stored;
    }

    private <T> T blocking(String what, Blocking<T> request) {
        try {
            return request.send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(FailureKind.CANCELLED, what, "was interrupted", "", e);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw failure(FailureKind.UNAVAILABLE, what, "could not reach the token endpoint", "check tokenUrl", e);
        } catch (java.net.http.HttpTimeoutException e) {
            throw failure(FailureKind.AMBIGUOUS, what, "got no answer in time", "", e);
        } catch (IOException e) {
            throw failure(FailureKind.AMBIGUOUS, what, "got no whole answer", "", e);
        } catch (ExecutionException | OAuthException | IllegalArgumentException e) {
            throw failure(FailureKind.MALFORMED_RESPONSE, what, "got an answer that is no token", "check tokenUrl", e);
        }
    }

    private ConnectorException failure(
            FailureKind kind, String what, String happened, String remedy, @Nullable Exception cause) {
        return failure(kind, "oauth", what, happened, remedy, cause);
    }

    private ConnectorException failure(
            FailureKind kind, String code, String what, String happened, String remedy, @Nullable Exception cause) {
        // The cause's own message may hold the whole answer, so only its class is kept.
        String detail = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
        return new ConnectorException(
                kind,
                Problem.of(
                        code,
                        "authorization",
                        "the " + what + " at " + settings.tokenUrl().getRawAuthority() + " " + happened + detail,
                        remedy));
    }

    /** Reads a token answer, or tells what kind of refusal it is. */
    private StoredToken read(Response response) throws IOException {
        Instant now = clock.instant();
        JsonNode body = parse(response.getBody());
        int status = response.getCode();
        String accessToken = text(body, "access_token").orElse("");
        if (HttpStatus.isSuccess(status) && !accessToken.isBlank()) {
            requireBearer(text(body, "token_type").orElse(""));
            Map<String, String> extra = new TreeMap<>();
            body.properties().forEach(member -> {
                if (!KNOWN_MEMBERS.contains(member.getKey())
                        && member.getValue().isValueNode()) {
                    extra.put(member.getKey(), member.getValue().asText());
                }
            });
            Secret refresh = text(body, "refresh_token").map(Secret::of).orElse(null);
            return new StoredToken(Secret.of(accessToken), refresh, now, expiry(body, now), extra);
        }
        String what =
                settings.grant() == OAuthSettings.Grant.CLIENT_CREDENTIALS ? "request for a token" : "token request";
        throw refusal(what, status, error(body));
    }

    private static String error(JsonNode body) {
        return text(body, "error").orElse("").toLowerCase(Locale.ROOT);
    }

    /** RFC 6749, section 7.1: a token of a type that a header alone does not prove is not to be used. */
    private void requireBearer(String type) {
        if (PROVEN_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            String happened = "was answered with a token of type " + type + ", which needs a proof with every call";
            throw failure(
                    FailureKind.MALFORMED_RESPONSE, "token request", happened, "ask for bearer tokens there", null);
        }
    }

    /** What a refusal means: by the error code of RFC 6749 first, else by the status as everywhere. */
    private ConnectorException refusal(String what, int status, String error) {
        String said = error.isEmpty() || !error.matches("[a-z0-9_.:/-]{1,100}") ? "" : " " + error;
        String happened = "was refused with status " + status + said;
        if (error.equals("invalid_grant")) {
            return failure(FailureKind.CONSENT_REQUIRED, what, happened, "authorize again", null);
        } else if (HttpStatus.isSuccess(status)) {
            String remedy = "check tokenUrl";
            return failure(FailureKind.MALFORMED_RESPONSE, what, "was answered without a token", remedy, null);
        } else if (status / 100 == 3) {
            return failure(FailureKind.UNTRUSTED_ORIGIN, what, happened + ", a redirect", "correct tokenUrl", null);
        }
        FailureKind kind = kind(status, error);
        String code = status >= 500 ? SERVER_ERROR : "oauth";
        return failure(kind, code, what, happened, remedy(kind), null);
    }

    private static FailureKind kind(int status, String error) {
        FailureKind byStatus = HttpStatus.kind(status);
        boolean isCode = !error.isEmpty() && status < 500 && HttpStatus.repeat(status) == Repeat.NEVER;
        if (!isCode || byStatus == FailureKind.UNAUTHORIZED) {
            return byStatus;
        }
        boolean client = error.equals("invalid_client") || error.equals("unauthorized_client");
        return client ? FailureKind.UNAUTHORIZED : FailureKind.REJECTED;
    }

    private static String remedy(FailureKind kind) {
        return switch (kind) {
            case UNAUTHORIZED -> "check clientId, clientSecret, clientAuthentication";
            case RATE_LIMITED, UNAVAILABLE, TIMEOUT -> "";
            case NOT_FOUND -> "check tokenUrl and revocationUrl";
            default -> "check scopes, redirectUri and extraParameters";
        };
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null || !node.isObject() ? JSON.createObjectNode() : node;
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private static Optional<String> text(JsonNode body, String member) {
        JsonNode node = body.get(member);
        return node != null && node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** {@code expires_in} may be missing, or a text. */
    private static @Nullable Instant expiry(JsonNode body, Instant now) {
        return text(body, "expires_in")
                .filter(seconds -> seconds.matches("[0-9]{1,9}"))
                .map(seconds -> now.plusSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    /** What scribejava hands back: it insists on its own type. */
    private static final class Answer extends OAuth2AccessToken {
        private static final long serialVersionUID = 1L;

        private final transient StoredToken stored;

        Answer(StoredToken stored) {
            super(stored.accessToken().reveal());
            this.stored = stored;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /** The endpoints of one application, as scribejava wants them. */
    private final class Endpoints extends DefaultApi20 {
        private final OAuthSettings of;

        Endpoints(OAuthSettings of) {
            this.of = of;
        }

        @Override
        public String getAccessTokenEndpoint() {
            return of.tokenUrl().toString();
        }

        @Override
        public String getRevokeTokenEndpoint() {
            return of.revocationUrl().orElseThrow().toString();
        }

        @Override
        protected String getAuthorizationBaseUrl() {
            return of.authorizationUrl().orElseThrow();
        }

        @Override
        public ClientAuthentication getClientAuthentication() {
            return of.clientAuthentication() == OAuthSettings.ClientAuthentication.BASIC
                    ? OAuthGrants::addBasic
                    : RequestBodyAuthenticationScheme.instance();
        }

        @Override
        public TokenExtractor<OAuth2AccessToken> getAccessTokenExtractor() {
            return response -> new Answer(read(response));
        }
    }

    /** RFC 6749, section 2.3.1: both are form-encoded before they are joined, which scribejava leaves out. */
    private static void addBasic(OAuthRequest request, String id, @Nullable String secret) {
        if (secret == null) {
            request.addParameter("client_id", id);
            return;
        }
        String pair =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        request.addHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
