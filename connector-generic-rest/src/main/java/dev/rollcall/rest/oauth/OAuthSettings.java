package dev.rollcall.rest.oauth;

import dev.rollcall.connector.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an application grants tokens by OAuth 2.0 (RFC 6749). Immutable and thread-safe. Prints no secret. */
public final class OAuthSettings {
    /** How a token is granted. */
    public enum Grant {
        /** The client itself is granted access (RFC 6749, section 4.4). */
        CLIENT_CREDENTIALS,
        /** A person agrees in a browser (RFC 6749, section 4.1). */
        AUTHORIZATION_CODE
    }

    /** How the client says who it is at the token endpoint. */
    public enum ClientAuthentication {
        /** In the header, id and secret form-encoded first (RFC 6749, section 2.3.1). */
        BASIC,
        /** In the header, id and secret as they are: some applications do not decode them. */
        BASIC_RAW,
        /** In the body. */
        BODY,
        /** In the body, and the whole of it is JSON, against RFC 6749: some applications read nothing else. */
        JSON
    }

    private final Grant grant;
    private final URI tokenUrl;
    private final @Nullable URI revocationUrl;
    private final @Nullable String authorizationUrl;
    private final String clientId;
    private final @Nullable Secret clientSecret;
    private final List<String> scopes;
    private final ClientAuthentication clientAuthentication;
    private final boolean pkce;
    private final @Nullable URI redirectUri;
    private final Map<String, String> extraParameters;

    private OAuthSettings(Builder builder) {
        this.grant = builder.grant;
        this.tokenUrl = builder.tokenUrl;
        this.revocationUrl = builder.revocationUrl;
        this.authorizationUrl = builder.authorizationUrl;
        this.clientId = builder.clientId;
        this.clientSecret = builder.clientSecret;
        this.scopes = List.copyOf(builder.scopes);
        this.clientAuthentication = builder.clientAuthentication;
        this.pkce = builder.pkce;
        this.redirectUri = builder.redirectUri;
        this.extraParameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(builder.extraParameters));
    }

    /** {@return a builder for client credentials} */
    public static Builder clientCredentials(URI tokenUrl, String clientId, Secret clientSecret) {
        Builder builder = new Builder(Grant.CLIENT_CREDENTIALS, tokenUrl, clientId);
        builder.clientSecret = Objects.requireNonNull(clientSecret, "clientSecret");
        return builder;
    }

    /**
     * {@return a builder for an authorization code}
     *
     * @param authorizationUrl where a person is sent; a text and not a URI, since some applications have their query
     *     behind a {@code #}
     * @param redirectUri where the person's browser is sent back to, the same as registered
     */
    public static Builder authorizationCode(String authorizationUrl, URI tokenUrl, String clientId, URI redirectUri) {
        Builder builder = new Builder(Grant.AUTHORIZATION_CODE, tokenUrl, clientId);
        builder.authorizationUrl = Objects.requireNonNull(authorizationUrl, "authorizationUrl");
        builder.redirectUri = Objects.requireNonNull(redirectUri, "redirectUri");
        return builder;
    }

    /** {@return how a token is granted} */
    public Grant grant() {
        return grant;
    }

    /** {@return the token endpoint} */
    public URI tokenUrl() {
        return tokenUrl;
    }

    /** {@return where a token is given back (RFC 7009); empty if that is not known} */
    public Optional<URI> revocationUrl() {
        return Optional.ofNullable(revocationUrl);
    }

    /** {@return where a person is sent; empty for client credentials} */
    public Optional<String> authorizationUrl() {
        return Optional.ofNullable(authorizationUrl);
    }

    /** {@return the client's id} */
    public String clientId() {
        return clientId;
    }

    /** {@return the client's secret; empty for a public client} */
    public Optional<Secret> clientSecret() {
        return Optional.ofNullable(clientSecret);
    }

    /** {@return what is asked for; empty means what the application grants by itself} */
    public List<String> scopes() {
        return scopes;
    }

    /** {@return how the client says who it is} */
    public ClientAuthentication clientAuthentication() {
        return clientAuthentication;
    }

    /** {@return whether the code is bound to the asker by PKCE S256 (RFC 7636)} */
    public boolean pkce() {
        return pkce;
    }

    /** {@return where the person's browser is sent back to; empty for client credentials} */
    public Optional<URI> redirectUri() {
        return Optional.ofNullable(redirectUri);
    }

    /** {@return more parameters for the authorization URL and the token request, which take the place of those of the same name} */
    public Map<String, String> extraParameters() {
        return extraParameters;
    }

    /** {@return the name under which tokens are stored: whose they are, without a secret} */
    public String credential() {
        return clientId + "@" + tokenUrl.getRawAuthority() + tokenUrl.getRawPath()
                + (scopes.isEmpty() ? "" : " " + String.join(" ", scopes));
    }

    @Override
    public String toString() {
        return "OAuth " + grant + " at " + tokenUrl.getHost();
    }

    /** Builds the settings. Not thread-safe: for one thread at a time. */
    public static final class Builder {
        private final Grant grant;
        private final URI tokenUrl;
        private final String clientId;
        private @Nullable URI revocationUrl;
        private @Nullable String authorizationUrl;
        private @Nullable Secret clientSecret;
        private List<String> scopes = List.of();
        private ClientAuthentication clientAuthentication = ClientAuthentication.BASIC;
        private boolean pkce = true;
        private @Nullable URI redirectUri;
        private Map<String, String> extraParameters = Map.of();

        private Builder(Grant grant, URI tokenUrl, String clientId) {
            this.grant = grant;
            this.tokenUrl = Objects.requireNonNull(tokenUrl, "tokenUrl");
            this.clientId = Objects.requireNonNull(clientId, "clientId");
        }

        /** Sets where a token is given back (RFC 7009). */
        public Builder revocationUrl(URI address) {
            revocationUrl = Objects.requireNonNull(address, "address");
            return this;
        }

        /** Sets the secret of a confidential client. */
        public Builder clientSecret(Secret secret) {
            clientSecret = secret;
            return this;
        }

        /** Sets what is asked for. */
        public Builder scopes(List<String> names) {
            scopes = names;
            return this;
        }

        /** Sets how the client says who it is; basic by default. */
        public Builder clientAuthentication(ClientAuthentication where) {
            clientAuthentication = where;
            return this;
        }

        /** Turns PKCE off, for an application that refuses it; on by default. */
        public Builder pkce(boolean on) {
            pkce = on;
            return this;
        }

        /**
         * Sets more parameters for the authorization URL and the token request. One of the same name as a parameter of the
         * protocol, such as {@code grant_type} or {@code scope}, takes its place; those that identify the client, the
         * callback or the grant are left out.
         */
        public Builder extraParameters(Map<String, String> parameters) {
            extraParameters = parameters;
            return this;
        }

        /** {@return the settings} */
        public OAuthSettings build() {
            return new OAuthSettings(this);
        }
    }
}
