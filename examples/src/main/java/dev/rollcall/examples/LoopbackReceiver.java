package dev.rollcall.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Waits on a loopback address for the browser that an application sends back. Thread-safe. */
final class LoopbackReceiver implements AutoCloseable {
    private static final String ANSWER =
            "<!doctype html><title>Rollcall</title><p>This window can be closed; the command goes on.</p>";

    private final HttpServer server;
    private final URI redirectUri;
    /** More than one, since anybody on this machine can call the address. */
    private final BlockingQueue<URI> callbacks = new ArrayBlockingQueue<>(16);

    private LoopbackReceiver(HttpServer server, URI redirectUri) {
        this.server = server;
        this.redirectUri = redirectUri;
        server.createContext("/", this::answer);
    }

    /** {@return whether a browser that is sent there comes to this machine, without TLS} */
    static boolean canReceive(URI redirectUri) {
        String host = String.valueOf(redirectUri.getHost());
        return "http".equals(redirectUri.getScheme()) && (host.equals("localhost") || host.equals("127.0.0.1"));
    }

    static LoopbackReceiver open(URI redirectUri) throws IOException {
        int port = redirectUri.getPort() > 0 ? redirectUri.getPort() : 80;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        LoopbackReceiver receiver = new LoopbackReceiver(server, redirectUri);
        server.start();
        return receiver;
    }

    /** {@return the whole address that the browser asked for; empty if none came in time} */
    Optional<URI> await(Duration wait) throws InterruptedException {
        return Optional.ofNullable(callbacks.poll(wait.toSeconds(), TimeUnit.SECONDS));
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        // Browsers ask for an icon too.
        boolean expected = asked.getPath().equals(path()) && asked.getQuery() != null;
        if (expected) {
            callbacks.offer(redirectUri.resolve(asked));
        }
        byte[] bytes = (expected ? ANSWER : "").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(expected ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String path() {
        return redirectUri.getPath().isEmpty() ? "/" : redirectUri.getPath();
    }

    @Override
    public void close() {
        server.stop(1);
    }
}
