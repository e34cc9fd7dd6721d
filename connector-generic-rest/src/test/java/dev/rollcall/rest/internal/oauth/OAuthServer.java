package dev.rollcall.rest.internal.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A token endpoint whose answers a test scripts, and which remembers what it was asked. Thread-safe. */
public final class OAuthServer implements AutoCloseable {
    /** A request for a token. */
    public record Asked(String request, String authorization, Map<String, String> form) {}

    /** What to answer. */
    public record Answer(int status, String body, String header, String value) {
        public Answer(int status, String body) {
            this(status, body, "X-Request-Id", "1");
        }
    }

    private final HttpServer server;
    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Answer> script = request -> new Answer(500, "");
    private volatile URI elsewhere = URI.create("http://127.0.0.2:1/elsewhere");

    public OAuthServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/token", this::answer);
        server.start();
    }

    public void answers(Function<Asked, Answer> newScript) {
        script = newScript;
    }

    public void answers(int status, String body) {
        answers(request -> new Answer(status, body));
    }

    void redirects(int status, URI to) {
        elsewhere = to;
        answers(status, "");
    }

    public URI tokenUrl() {
        return URI.create(origin() + "/token");
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        bodies.add(body);
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type");
        Asked request = new Asked(line, authorization == null ? "" : authorization, form);
        asked.add(request);
        Answer answer = script.apply(request);
        if (answer.status() == 0) {
            exchange.close(); // the answer is lost on its way
            return;
        }
        if (answer.status() / 100 == 3) {
            exchange.getResponseHeaders().add("Location", elsewhere.toString());
        }
        byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-type", "application/json");
        exchange.getResponseHeaders().add(answer.header(), answer.value());
        exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
