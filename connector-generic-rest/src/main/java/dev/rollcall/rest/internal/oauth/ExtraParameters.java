package dev.rollcall.rest.internal.oauth;

import dev.rollcall.rest.oauth.OAuthSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters that a configuration adds to what the protocol sends. One of the same name takes its place, since a
 * request must not have a parameter twice (RFC 6749, section 3.1 and 3.2). Thread-safe.
 */
public final class ExtraParameters {
    /** Parameters that the protocol alone sets, and what sets them. */
    private static final Map<String, String> OWN = Map.of(
            "client_id", "clientId sets it",
            "client_secret", "clientSecret sets it",
            "redirect_uri", "redirectUri sets it",
            "state", "it protects the callback, and is made for each authorization",
            "code", "the application sends it",
            "refresh_token", "the application sends it",
            "code_verifier", "pkce sets it",
            "code_challenge", "pkce sets it",
            "code_challenge_method", "pkce sets it");

    private ExtraParameters() {}

    /** {@return who sets a parameter that nothing else can set; empty for any other one} */
    static String owner(String name) {
        return OWN.getOrDefault(name, "");
    }

    static Map<String, String> ofTokenRequest(OAuthSettings settings) {
        return without(settings, "response_type");
    }

    static Map<String, String> ofAuthorizationUrl(OAuthSettings settings) {
        return without(settings, "grant_type");
    }

    private static Map<String, String> without(OAuthSettings settings, String other) {
        Map<String, String> extra = new LinkedHashMap<>(settings.extraParameters());
        extra.remove(other);
        extra.keySet().removeIf(OWN::containsKey);
        return extra;
    }
}
