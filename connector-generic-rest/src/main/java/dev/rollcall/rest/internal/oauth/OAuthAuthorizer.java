package dev.rollcall.rest.internal.oauth;

import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.StoredToken;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.Authorizer;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.Redactor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds the access token of the moment. Thread-safe. Prints no secret. */
final class OAuthAuthorizer implements Authorizer {
    private static final String HEADER = "Authorization";

    private final OAuthTokens tokens;
    private final String prefix;
    private final Redactor redactor;

    /**
     * An authorizer.
     *
     * @param prefix before the token; empty for none
     * @param redactor learns each token, since an application may echo what it refuses
     */
    OAuthAuthorizer(OAuthTokens tokens, String prefix, Redactor redactor) {
        this.tokens = tokens;
        this.prefix = prefix.isEmpty() ? "" : prefix + " ";
        this.redactor = redactor;
    }

    @Override
    public boolean hasCredentials() {
        return true;
    }

    @Override
    public Call authorize(Call call) {
        return call.withHeaders(
                Headers.with(call, HEADER, prefix + current().accessToken().reveal()));
    }

    @Override
    public Call hidden(Call call) {
        return call.withHeaders(Headers.with(call, HEADER, prefix + HIDDEN));
    }

    /** Another token is asked for only if the refused one is still the one we would send. */
    @Override
    public boolean renew(Call refused) {
        for (Map.Entry<String, String> header : refused.headers()) {
            if (header.getKey().equals(HEADER) && header.getValue().startsWith(prefix)) {
                Secret token = Secret.of(header.getValue().substring(prefix.length()));
                return !tokens.insteadOf(token).accessToken().equals(token);
            }
        }
        return false;
    }

    @Override
    public AuthorizationResult grant(AuthorizationRequest request) {
        return tokens.authorize(request);
    }

    @Override
    public Value told(ColumnPath path) {
        Map<String, Value> extra = new LinkedHashMap<>();
        current().extra().forEach((name, value) -> extra.put(name, Value.of(value)));
        return path.in(Value.of(extra));
    }

    private StoredToken current() {
        StoredToken token = tokens.current();
        redactor.learn(token.accessToken().reveal());
        return token;
    }

    @Override
    public String toString() {
        return "OAuth token in the header " + HEADER;
    }
}
