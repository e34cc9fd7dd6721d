package dev.rollcall.rest.internal.oauth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import dev.rollcall.rest.internal.http.BodyText;
import dev.rollcall.rest.internal.http.HttpTransport;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.TransportRequest;
import dev.rollcall.rest.internal.http.TransportResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sends scribejava's token requests through the engine's transport, since its own client follows redirects, with the
 * refresh token in hand, and waits for ever. Thread-safe.
 */
final class GrantHttp {
    private static final int MAX_ANSWER = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpTransport transport;
    private final Duration timeout;
    private final boolean json;

    /**
     * A sender.
     *
     * @param timeout for the headers of a response, and again for its body
     * @param json whether the form goes as JSON
     */
    GrantHttp(HttpTransport transport, Duration timeout, boolean json) {
        this.transport = transport;
        this.timeout = timeout;
        this.json = json;
    }

    Response send(OAuthRequest grant) throws InterruptedException, IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        grant.getHeaders().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Content-Type")) {
                headers.add(Map.entry(name, value));
            }
        });
        Map<String, String> fields = new LinkedHashMap<>();
        // The last one of a name counts: an extra parameter in the place of the grant's own.
        grant.getBodyParams().getParams().forEach(parameter -> fields.put(parameter.getKey(), parameter.getValue()));
        Payload body = json
                ? Payload.of("application/json", JSON.writeValueAsBytes(fields))
                : Payload.of("application/x-www-form-urlencoded", form(fields).getBytes(StandardCharsets.UTF_8));
        headers.add(Map.entry("Content-Type", body.contentType()));
        headers.add(Map.entry("Accept", "application/json"));
        TransportResponse answer = transport.send(new TransportRequest(
                grant.getVerb().name(), URI.create(grant.getCompleteUrl()), headers, body, timeout, timeout));
        Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().map().forEach((name, values) -> answered.put(name, values.get(0)));
        try (InputStream stream = answer.body()) {
            byte[] content = stream.readNBytes(MAX_ANSWER);
            return new Response(answer.status(), "", answered, BodyText.ofJson(content));
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
