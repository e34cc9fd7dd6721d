package dev.rollcall.rest.internal.oauth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import dev.rollcall.rest.internal.http.LazyClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends scribejava's token requests through java.net.http, since its own client follows redirects, with the refresh token
 * in hand, and waits for ever. Thread-safe.
 */
final class GrantHttp {
    private static final int MAX_ANSWER = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LazyClient client;
    private final Duration timeout;
    private final boolean json;

    /**
     * A sender.
     *
     * @param client must never follow redirects
     * @param json whether the form goes as JSON
     */
    GrantHttp(LazyClient client, Duration timeout, boolean json) {
        this.client = client;
        this.timeout = timeout;
        this.json = json;
    }

    Response send(OAuthRequest grant) throws InterruptedException, IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(grant.getCompleteUrl())).timeout(timeout);
        grant.getHeaders().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Content-Type")) {
                request.header(name, value);
            }
        });
        request.header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
        request.header("Accept", "application/json");
        request.method(
                grant.getVerb().name(), BodyPublishers.ofByteArray(json ? asJson(grant) : grant.getByteArrayPayload()));
        HttpResponse<InputStream> answer = client.get().send(request.build(), BodyHandlers.ofInputStream());
        Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().map().forEach((name, values) -> answered.put(name, values.get(0)));
        try (InputStream stream = answer.body()) {
            byte[] content = stream.readNBytes(MAX_ANSWER);
            return new Response(answer.statusCode(), "", answered, new String(content, StandardCharsets.UTF_8));
        }
    }

    private static byte[] asJson(OAuthRequest grant) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        grant.getBodyParams().getParams().forEach(parameter -> fields.put(parameter.getKey(), parameter.getValue()));
        return JSON.writeValueAsBytes(fields);
    }
}
