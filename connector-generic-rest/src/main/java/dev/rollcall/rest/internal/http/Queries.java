package dev.rollcall.rest.internal.http;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Addresses and their queries. Thread-safe. */
public final class Queries {
    /** Scheme and host, or the host alone. */
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private Queries() {}

    /** {@return names and values, encoded} */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /**
     * {@return the URL that a reference means, seen from {@code base} (RFC 3986, section 5)} What may not stand in a URL is
     * encoded first, as browsers do.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static URI resolve(URI base, String reference) {
        String text = encoded(reference);
        if (text.startsWith("?")) {
            // The JDK follows an older RFC here, in which the last segment of the path is lost.
            String path = base.getRawPath() == null ? "" : base.getRawPath();
            return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + text);
        }
        return base.resolve(text);
    }

    /** {@return the URL in ASCII, as it is sent} */
    static URI ascii(URI uri) {
        String text = uri.toString();
        return text.chars().allMatch(c -> c < 0x80) ? uri : URI.create(encoded(text));
    }

    /**
     * {@return a URL or reference in which each character that may not stand there is percent-encoded in UTF-8} A percent
     * sign stays where two hexadecimal digits follow. The host is left as it is.
     */
    static String encoded(String reference) {
        String text = reference.strip().replaceAll("[\t\r\n]", "");
        Matcher host = HOST.matcher(text);
        int from = host.lookingAt() ? host.end() : 0;
        StringBuilder encoded = new StringBuilder(text.substring(0, from));
        boolean query = false;
        boolean fragment = false;
        for (int i = from; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean allowed = c == '%'
                    ? ESCAPE.matcher(text).region(i, text.length()).lookingAt()
                    : c == '#' ? !fragment : isAllowed(c) || (query && (c == '[' || c == ']'));
            query |= c == '?' || c == '#';
            fragment |= c == '#';
            if (allowed) {
                encoded.append((char) c);
            } else {
                for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format(Locale.ROOT, "%%%02X", each & 0xff));
                }
            }
        }
        return encoded.toString();
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~:/?@!$&'()*+,;=".indexOf(c) >= 0;
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
