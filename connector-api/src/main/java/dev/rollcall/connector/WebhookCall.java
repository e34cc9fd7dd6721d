package dev.rollcall.connector;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One rendered outbound call, ready to be sent; the connector adds its authorization. Immutable and thread-safe.
 *
 * <p>{@code toString} shows method, scheme, host and port only: a credential may be in the path (as in the addresses of chat
 * services), in the query, in a header or in the body.
 */
public final class WebhookCall {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

    private final String method;
    private final URI url;
    private final Map<String, String> headers;
    private final String body;
    private final boolean hasBody;

    private WebhookCall(String method, URI url, Map<String, String> headers, String body, boolean hasBody) {
        this.method = method;
        this.url = Objects.requireNonNull(url, "url");
        this.headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body;
        this.hasBody = hasBody;
    }

    /** {@return a call without headers and body, repeatable if the method is idempotent (RFC 9110, 9.2.2)} */
    public static WebhookCall of(String method, URI url) {
        return new WebhookCall(method.toUpperCase(Locale.ROOT), url, Map.of(), "", false);
    }

    /** {@return this call with one more header, or another value for it, in whatever case it was named} */
    public WebhookCall header(String name, String value) {
        LinkedHashMap<String, String> copy = new LinkedHashMap<>(headers);
        copy.keySet().removeIf(name::equalsIgnoreCase);
        copy.put(name, value);
        return new WebhookCall(method, url, copy, body, hasBody);
    }

    /** {@return this call with a body, sent as UTF-8} */
    public WebhookCall body(String text) {
        return new WebhookCall(method, url, headers, Objects.requireNonNull(text, "text"), true);
    }

    /** {@return the HTTP method, in upper case} */
    public String method() {
        return method;
    }

    /** {@return the address, with its query} */
    public URI url() {
        return url;
    }

    /** {@return the headers, in order, without authorization} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return the body, if there is one} */
    public Optional<String> body() {
        return hasBody ? Optional.of(body) : Optional.empty();
    }

    /**
     * {@return whether sending it twice has the effect of sending it once, by its method or an idempotency key; an empty
     * {@code Idempotency-Key} is not a key}
     */
    public boolean isRepeatable() {
        return IDEMPOTENT.contains(method)
                || headers.entrySet().stream()
                        .anyMatch(header -> header.getKey().equalsIgnoreCase("Idempotency-Key")
                                && !header.getValue().isBlank());
    }

    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
