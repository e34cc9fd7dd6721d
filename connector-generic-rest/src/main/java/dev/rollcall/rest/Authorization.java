package dev.rollcall.rest;

import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * How the calls of a connector are authenticated, as the block {@code authorization} of a configuration says it. Immutable
 * and thread-safe. Prints no secret.
 *
 * <pre>{@code
 * Authorization.oauth2(OAuthSettings.Grant.CLIENT_CREDENTIALS)
 *         .tokenUrl("https://login.example.com/token")
 *         .client("rollcall", secret)
 *         .scopes("users.read")
 * }</pre>
 *
 * <p>A preset may leave out what its users say, such as the client.
 */
public final class Authorization {
    private final Value.Fields keys;

    private Authorization(Value.Fields keys) {
        this.keys = keys;
    }

    private static Authorization of(String type) {
        return new Authorization(Value.Fields.none().with("type", Value.of(type)));
    }

    /** {@return no authorization} */
    public static Authorization none() {
        return of("none");
    }

    /** {@return a bearer token (RFC 6750)} */
    public static Authorization bearer(Secret token) {
        return of("bearer").with("token", Value.of(token));
    }

    /** {@return a user and a password (RFC 7617)} */
    public static Authorization basic(String username, Secret password) {
        return of("basic").with("username", Value.of(username)).with("password", Value.of(password));
    }

    /**
     * {@return a user and a password that stand in settings, for presets}
     *
     * @param username a format, such as <code>${settings.apiKey}</code>
     * @param password a format that names a secret setting
     */
    public static Authorization basicOf(String username, String password) {
        return of("basic").with("username", Value.of(username)).with("password", Value.of(password));
    }

    /** {@return a key in a header} */
    public static Authorization apiKey(String header, Secret key) {
        return apiKey(header).with("value", Value.of(key));
    }

    /** {@return a key in a header, for presets: the user of the preset gives the key} */
    public static Authorization apiKey(String header) {
        return of("api-key").with("name", Value.of(header)).with("in", Value.of("header"));
    }

    /** {@return a key in a query parameter} */
    public static Authorization queryKey(String parameter, Secret key) {
        return of("api-key")
                .with("name", Value.of(parameter))
                .with("in", Value.of("query"))
                .with("value", Value.of(key));
    }

    /** {@return OAuth 2.0 (RFC 6749)} */
    public static Authorization oauth2(OAuthSettings.Grant grant) {
        return of("oauth2").with("grant", word(grant));
    }

    /** {@return this authorization with where tokens are granted} */
    public Authorization tokenUrl(String url) {
        return with("tokenUrl", Value.of(url));
    }

    /** {@return this authorization with where tokens are given back (RFC 7009)} */
    public Authorization revocationUrl(String url) {
        return with("revocationUrl", Value.of(url));
    }

    /** {@return this authorization with where a person agrees} */
    public Authorization authorizationUrl(String url) {
        return with("authorizationUrl", Value.of(url));
    }

    /** {@return this authorization with where the person's browser is sent back to} */
    public Authorization redirectUri(URI uri) {
        return with("redirectUri", Value.of(uri.toString()));
    }

    /** {@return this authorization with a confidential client} */
    public Authorization client(String id, Secret secret) {
        return client(id).with("clientSecret", Value.of(secret));
    }

    /** {@return this authorization with a public client} */
    public Authorization client(String id) {
        return with("clientId", Value.of(id));
    }

    /** {@return this authorization with where the client's id and secret go; basic by default} */
    public Authorization clientAuthentication(OAuthSettings.ClientAuthentication where) {
        return with("clientAuthentication", word(where));
    }

    /** {@return this authorization with the scopes that are asked for} */
    public Authorization scopes(String... names) {
        return with("scopes", Value.of(Arrays.stream(names).map(Value::of).toList()));
    }

    /** {@return this authorization without PKCE (RFC 7636), for an application that refuses it} */
    public Authorization withoutPkce() {
        return with("pkce", Value.of(false));
    }

    /** {@return this authorization with more parameters of token requests} */
    public Authorization extraParameters(Map<String, String> parameters) {
        return with("extraParameters", RequestBody.texts(parameters));
    }

    /** {@return this authorization, whose tokens are kept in a file between runs, encrypted with a key} */
    public Authorization tokens(Path file, Secret key) {
        return with(
                "tokens",
                Value.Fields.none().with("file", Value.of(file.toString())).with("key", Value.of(key)));
    }

    /** {@return this authorization with what stands before a token in the header; {@code Bearer} by default} */
    public Authorization prefix(String word) {
        return with("prefix", Value.of(word));
    }

    /** {@return this authorization with other origins that may get the credentials, such as {@code https://*.example.com}} */
    public Authorization origins(String... patterns) {
        return with("origins", Value.of(Arrays.stream(patterns).map(Value::of).toList()));
    }

    /** {@return this authorization, whose credentials may go to another machine without TLS} */
    public Authorization allowPlainHttp() {
        return with("allowPlainHttp", Value.of(true));
    }

    private static Value word(Enum<?> choice) {
        return Value.of(choice.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private Authorization with(String key, Value value) {
        return new Authorization(keys.with(key, value));
    }

    Value.Fields keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "Authorization" + keys;
    }
}
