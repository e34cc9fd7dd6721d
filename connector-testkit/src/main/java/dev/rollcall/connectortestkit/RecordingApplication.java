package dev.rollcall.connectortestkit;

import com.sun.net.httpserver.HttpExchange;
import dev.rollcall.connector.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Stands between a connector and a real application, passes on what they say, and writes it to a file, from which a
 * {@link ReplayedApplication} answers later. Thread-safe.
 *
 * <p>No credential gets into the file: of the request, headers are left out; of the answer, only those are kept that mean
 * something to a connector; and values that are known or named as credentials are taken out of addresses and bodies.
 * People's data stays in: look through a recording before you share it.
 *
 * <pre>{@code
 * try (RecordingApplication crm = RecordingApplication.of(URI.create("https://acme.example.com"), file, apiToken)) {
 *     Connector connector = open(crm.address(), apiToken);   // and fetch
 * }
 * }</pre>
 */
public final class RecordingApplication implements AutoCloseable {
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "accept-encoding", "http2-settings");
    private static final Pattern KEPT = Pattern.compile(
            "content-type|link|location|retry-after|etag|x-request-id|.*rate-?limit.*|.*requests-left|.*-usage");
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final URI application;
    private final Path file;
    private final SecretRemoval removal;
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Loopback server;

    private RecordingApplication(URI application, Path file, List<Secret> secrets) {
        this.application = application;
        this.file = file;
        this.removal = new SecretRemoval(secrets);
        this.server = new Loopback((exchange, target, body) -> Loopback.send(exchange, pass(exchange, target, body)));
    }

    /**
     * {@return an application that records}
     *
     * @param application the origin of the real one
     * @param file written on {@link #close}
     * @param secrets the credentials that will be used
     */
    public static RecordingApplication of(URI application, Path file, Secret... secrets) {
        return new RecordingApplication(
                Objects.requireNonNull(application, "application").resolve("/"), file, List.of(secrets));
    }

    /** {@return the origin to point a connector at} */
    public URI address() {
        return server.address();
    }

    private ApplicationAnswer pass(HttpExchange exchange, String target, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(application.resolve(target))
                .timeout(TIMEOUT)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the recording ended", e);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().map().forEach((name, values) -> {
            if (KEPT.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                headers.put(name, values.get(0));
            }
        });
        record(
                exchange.getRequestMethod(),
                target,
                body,
                new ApplicationAnswer(answer.statusCode(), headers, answer.body()));
        String here = address().toString();
        headers.replaceAll((name, value) -> value.replace(origin(), here));
        return new ApplicationAnswer(answer.statusCode(), headers, answer.body().replace(origin(), here));
    }

    private void record(String method, String target, String body, ApplicationAnswer answer) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.replaceAll((name, value) -> value.replace(origin(), Recording.ORIGIN));
        String said = removal.body(answer.body()).replace(origin(), Recording.ORIGIN);
        recordings.add(
                new Recording(method, removal.target(target), removal.body(body), answer.status(), headers, said));
    }

    /** Once more, as what was learned to be a credential may have occurred before. */
    private Recording cleaned(Recording recording) {
        Map<String, String> headers = new LinkedHashMap<>(recording.headers());
        headers.replaceAll((name, value) -> removal.text(value));
        return new Recording(
                recording.method(),
                removal.text(recording.target()),
                removal.text(recording.request()),
                recording.status(),
                headers,
                removal.text(recording.answer()));
    }

    private String origin() {
        String text = application.toString();
        return text.substring(0, text.length() - 1);
    }

    /** Ends the recording and writes the file. */
    @Override
    public void close() {
        server.close();
        Recording.write(file, recordings.stream().map(this::cleaned).toList());
    }
}
