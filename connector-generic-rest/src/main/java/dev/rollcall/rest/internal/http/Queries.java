package dev.rollcall.rest.internal.http;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses and their queries. Thread-safe. */
public final class Queries {
    private Queries() {}

    /** {@return names and values, encoded} */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * {@return the address that a reference means, seen from {@code base} (RFC 3986, section 5)}
     *
     * @throws IllegalArgumentException if it is none
     */
    public static URI resolve(URI base, String reference) {
        String text = reference.trim();
        if (text.startsWith("?")) {
            // The JDK follows an older RFC here, in which the last segment of the path is lost.
            String path = base.getRawPath() == null ? "" : base.getRawPath();
            return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + text);
        }
        return base.resolve(text);
    }

    /** {@return the address with these parameters, which take the place of those of the same name} */
    public static URI with(URI uri, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return uri;
        }
        Map<String, String> rest = new LinkedHashMap<>(parameters);
        StringBuilder query = new StringBuilder();
        String present = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : present.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!pair.isEmpty() && !parameters.containsKey(name)) {
                query.append(query.isEmpty() ? "" : "&").append(pair);
            }
        }
        query.append(query.isEmpty() ? "" : "&").append(encode(rest));
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + "?" + query);
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
