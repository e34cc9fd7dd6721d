package dev.rollcall.counterparts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Users in four pages behind tokens of the real server, and the real token endpoint behind a counter that can lose an
 * answer. Thread-safe.
 */
final class GuardedApi implements AutoCloseable {
    static final int PAGES = 4;

    private final SpringServer spring;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(12);
    final AtomicInteger refreshes = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<String> lastToken = new AtomicReference<>("");
    volatile boolean losesAnswers;

    GuardedApi(SpringServer spring) throws IOException {
        this.spring = spring;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/users", this::users);
        server.createContext("/token", this::token);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** {@return the access token that came last} */
    String lastToken() {
        return lastToken.get();
    }

    private void users(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replaceFirst("^Bearer ", "");
        try {
            if (!spring.accepts(token)) {
                refused.incrementAndGet();
                answer(exchange, 401, "{\"error\": \"invalid_token\"}");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lastToken.set(token);
        int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll("\\D", ""));
        answer(exchange, 200, "{\"data\": [{\"id\": " + page + "}], \"pages\": " + PAGES + "}");
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean refresh = form.contains("grant_type=refresh_token");
        if (refresh) {
            refreshes.incrementAndGet();
        }
        try {
            HttpResponse<String> answer =
                    spring.token(exchange.getRequestHeaders().getFirst("Authorization"), form);
            if (refresh && losesAnswers) {
                exchange.close();
                return;
            }
            answer(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
