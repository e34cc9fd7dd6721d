package dev.rollcall.connectortestkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the scripted application was asked. Immutable and thread-safe.
 *
 * @param method the HTTP method
 * @param path the path, without the query
 * @param query the query, without the question mark; empty if there is none
 * @param headers the headers; found in any case
 * @param body the body as text; empty if there is none
 */
public record ApplicationRequest(String method, String path, String query, Map<String, String> headers, String body) {
    /** The headers are copied. */
    public ApplicationRequest {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = java.util.Collections.unmodifiableMap(copy);
    }

    /** {@return the value of a query parameter} */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters().get(name));
    }

    /** {@return the value of a header} */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
