package dev.rollcall.rest.internal.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Requests and answers as a person sees them, secrets hidden. Thread-safe. */
public final class Transcript {
    private static final int LINES = 50;
    private static final int CHARACTERS = 2000;

    private static final String ENCODED = URLEncoder.encode(Authorizer.HIDDEN, StandardCharsets.UTF_8);

    private Transcript() {}

    /** {@return the lines of a request: method and address, headers, and the beginning of the body} */
    public static List<String> request(
            String method, URI uri, Collection<Map.Entry<String, String>> headers, String body, Redactor redactor) {
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + redactor.redact(uri.toString().replace(ENCODED, Authorizer.HIDDEN)));
        headers.forEach(header -> lines.add(header.getKey() + ": " + redactor.redact(header.getValue())));
        if (!body.isEmpty()) {
            lines.add("");
            redactor.redact(body).lines().limit(LINES).forEach(lines::add);
        }
        return lines;
    }

    /** {@return the values of a header of an answer} */
    public static List<String> header(String name, List<String> values, Redactor redactor) {
        boolean secret = name.equalsIgnoreCase("Set-Cookie");
        return values.stream()
                .map(value -> secret ? Authorizer.HIDDEN : redactor.redact(value))
                .toList();
    }

    /** {@return the beginning of the body of an answer} */
    public static String body(String body, Redactor redactor) {
        String text = redactor.redact(body);
        return text.length() > CHARACTERS ? text.substring(0, CHARACTERS) + "…" : text;
    }
}
