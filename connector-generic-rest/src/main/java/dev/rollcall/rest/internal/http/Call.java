package dev.rollcall.rest.internal.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One request, ready to be sent; authorization is added when it is. Immutable and thread-safe.
 *
 * <p>{@code toString} has no query, no headers and no body, since a credential may be in each of them.
 *
 * @param what what is asked for, for messages: {@code page 3 of users}
 * @param method in upper case
 * @param uri absolute
 * @param headers in order; a name may occur twice
 * @param body empty for none
 * @param repeatability whether it may be sent twice
 * @param policy timeouts, retries, rate
 * @param limits of the response
 */
public record Call(
        String what,
        String method,
        URI uri,
        List<Map.Entry<String, String>> headers,
        Payload body,
        Repeatability repeatability,
        RequestPolicy policy,
        ResponseLimits limits) {

    public Call {
        headers = List.copyOf(headers);
    }

    public Call withUri(URI newUri) {
        return new Call(what, method, newUri, headers, body, repeatability, policy, limits);
    }

    public Call withHeaders(List<Map.Entry<String, String>> newHeaders) {
        return new Call(what, method, uri, newHeaders, body, repeatability, policy, limits);
    }

    @Override
    public String toString() {
        return what + ": " + method + " " + Origin.of(uri);
    }
}
