package dev.rollcall.rest.internal.oauth;

import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.exceptions.OAuthException;
import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.ParameterList;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.OAuth20Service;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;
import com.github.scribejava.core.oauth2.clientauthentication.RequestBodyAuthenticationScheme;
import com.github.scribejava.core.pkce.PKCE;
import com.github.scribejava.core.pkce.PKCEService;
import com.github.scribejava.core.revoke.TokenTypeHint;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.rest.internal.http.HttpStatus;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The token requests of RFC 6749, made by scribejava; {@link TokenResponses} reads what comes back, since real servers
 * answer with texts, pages and statuses that scribejava does not distinguish. Thread-safe.
 */
final class OAuthGrants {
    private final OAuthSettings settings;
    private final Redactor redactor;
    private final TokenResponses responses;
    private final Service service;

    /**
     * The requests of one client.
     *
     * @param redactor learns what is sent and granted, since a server may repeat it where it refuses
     */
    OAuthGrants(OAuthSettings settings, GrantHttp http, Redactor redactor, Clock clock) {
        this.settings = settings;
        this.redactor = redactor;
        this.responses = new TokenResponses(settings, redactor, clock);
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
            ExtraParameters.ofTokenRequest(settings).forEach(request::addParameter);
            return request;
        }

        /** {@return the answer itself, since scribejava takes any refusal for JSON} */
        Response revoke(Secret token, TokenTypeHint hint) throws InterruptedException, IOException {
            return execute(createRevokeTokenRequest(token.reveal(), hint));
        }
    }

    /** {@return the address to send a person to} */
    String authorizationUrl(String state, Optional<PKCE> pkce) {
        var url = service.createAuthorizationUrlBuilder()
                .state(state)
                .additionalParams(ExtraParameters.ofAuthorizationUrl(settings));
        pkce.ifPresent(url::pkce);
        return url.build();
    }

    /** {@return a new code verifier of 32 random bytes and its S256 challenge} */
    static PKCE newPkce(byte[] random) {
        return PKCEService.defaultInstance().generatePKCE(random);
    }

    StoredToken exchange(String code, @Nullable String verifier) {
        AccessTokenRequestParams parameters = AccessTokenRequestParams.create(code);
        ExtraParameters.ofTokenRequest(settings).forEach(parameters::addExtraParameter);
        redactor.learn(code);
        if (verifier != null) {
            redactor.learn(verifier);
            parameters.pkceCodeVerifier(verifier);
        }
        return request("exchange of the code", () -> service.getAccessToken(parameters));
    }

    StoredToken refresh(Secret refreshToken) {
        redactor.learn(refreshToken.reveal());
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
        redactor.learn(given.reveal());
        TokenTypeHint hint =
                token.refreshToken().isPresent() ? TokenTypeHint.REFRESH_TOKEN : TokenTypeHint.ACCESS_TOKEN;
        blocking("revocation", () -> {
            Response answer = service.revoke(given, hint);
            if (!HttpStatus.isSuccess(answer.getCode())) {
                throw responses.refusal("revocation", answer);
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
            throw responses.failure(FailureKind.CANCELLED, what, "was interrupted", "", e);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw responses.failure(
                    FailureKind.UNAVAILABLE, what, "could not reach the token endpoint", "check tokenUrl", e);
        } catch (java.net.http.HttpTimeoutException e) {
            throw responses.failure(FailureKind.AMBIGUOUS, what, "got no answer in time", "", e);
        } catch (IOException e) {
            throw responses.failure(FailureKind.AMBIGUOUS, what, "got no whole answer", "", e);
        } catch (ExecutionException | OAuthException | IllegalArgumentException e) {
            throw responses.failure(
                    FailureKind.MALFORMED_RESPONSE, what, "got an answer that is no token", "check tokenUrl", e);
        }
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
            return switch (of.clientAuthentication()) {
                case BASIC -> (request, id, secret) -> addBasic(request, id, secret, OAuthGrants::formEncoded);
                case BASIC_RAW -> (request, id, secret) -> addBasic(request, id, secret, text -> text);
                case BODY, JSON -> RequestBodyAuthenticationScheme.instance();
            };
        }

        /** As the parent has it, but with one parameter of a name: the extra one. */
        @Override
        public String getAuthorizationUrl(
                String responseType,
                String apiKey,
                @Nullable String callback,
                @Nullable String scope,
                @Nullable String state,
                Map<String, String> additionalParams) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("response_type", responseType);
            parameters.put("client_id", apiKey);
            putIfPresent(parameters, "redirect_uri", callback);
            putIfPresent(parameters, "scope", scope);
            putIfPresent(parameters, "state", state);
            parameters.putAll(additionalParams);
            ParameterList list = new ParameterList();
            parameters.forEach(list::add);
            return list.appendTo(getAuthorizationBaseUrl());
        }

        private static void putIfPresent(Map<String, String> parameters, String name, @Nullable String value) {
            if (value != null) {
                parameters.put(name, value);
            }
        }

        @Override
        public TokenExtractor<OAuth2AccessToken> getAccessTokenExtractor() {
            return response -> new Answer(responses.token(response));
        }
    }

    /** The id and the secret of a client in the header; a public client has only an id. */
    private static void addBasic(
            OAuthRequest request, String id, @Nullable String secret, UnaryOperator<String> encoding) {
        if (secret == null) {
            request.addParameter("client_id", id);
            return;
        }
        String pair = encoding.apply(id) + ":" + encoding.apply(secret);
        request.addHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** RFC 6749, section 2.3.1: both are encoded before they are joined, which scribejava leaves out. */
    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
