package dev.rollcall.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.scribejava.core.httpclient.HttpClient;
import com.github.scribejava.core.httpclient.multipart.MultipartPayload;
import com.github.scribejava.core.model.OAuthAsyncRequestCallback;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.model.Verb;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Lets scribejava speak through java.net.http, since its own client follows redirects, with the refresh token in hand,
 * and waits for ever. Thread-safe.
 */
final class GrantHttp implements HttpClient {
    private static final int MAX_ANSWER = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final java.net.http.HttpClient client;
    private final Duration timeout;
    private final boolean json;

    /**
     * An adapter.
     *
     * @param client must never follow redirects
     * @param json whether the form goes as JSON
     */
    GrantHttp(java.net.http.HttpClient client, Duration timeout, boolean json) {
        this.client = client;
        this.timeout = timeout;
        this.json = json;
    }

    @Override
    public Response execute(
            @Nullable String userAgent, Map<String, String> headers, Verb verb, String url, byte @Nullable [] body)
            throws InterruptedException, IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(timeout);
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase(CONTENT_TYPE)) {
                request.header(name, value);
            }
        });
        request.header(CONTENT_TYPE, json ? "application/json" : DEFAULT_CONTENT_TYPE);
        request.header("Accept", "application/json");
        byte[] form = body == null ? new byte[0] : body;
        request.method(verb.name(), BodyPublishers.ofByteArray(json ? asJson(form) : form));
        HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
        Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().map().forEach((name, values) -> answered.put(name, values.get(0)));
        try (InputStream stream = answer.body()) {
            byte[] content = stream.readNBytes(MAX_ANSWER);
            return new Response(answer.statusCode(), "", answered, new String(content, StandardCharsets.UTF_8));
        }
    }

    private static byte[] asJson(byte[] form) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return JSON.writeValueAsBytes(fields);
    }

    @Override
    public Response execute(
            @Nullable String userAgent, Map<String, String> headers, Verb verb, String url, @Nullable String body)
            throws InterruptedException, IOException {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return execute(userAgent, headers, verb, url, content);
    }

    @Override
    public Response execute(
            @Nullable String userAgent, Map<String, String> headers, Verb verb, String url, MultipartPayload body) {
        throw notUsed();
    }

    @Override
    public Response execute(@Nullable String userAgent, Map<String, String> headers, Verb verb, String url, File body) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            byte[] body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            MultipartPayload body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            String body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            File body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public void close() {
        // The client belongs to the engine, which closes it.
    }

    private static IllegalStateException notUsed() {
        return new IllegalStateException("a grant is one blocking form request");
    }
}
