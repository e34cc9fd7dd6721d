package dev.rollcall.connectortestkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An application on loopback that answers as a function says, well or badly. Thread-safe. */
public final class ScriptedApplication implements AutoCloseable {
    /** How an answer is spoilt on the wire. */
    enum Spoilt {
        /** It is not. */
        NOT,
        /** The connection is reset before a byte of the answer. */
        RESET,
        /** The connection is closed without an answer. */
        EMPTY,
        /** The answer ends in the middle. */
        CUT,
        /** The answer takes a fifth of a second, bit by bit. */
        SLOW,
        /** The answer does not come within half a minute. */
        SILENT
    }

    /** An answer and how it is spoilt. */
    record Reply(ApplicationAnswer answer, Spoilt spoilt) {
        static Reply good(ApplicationAnswer answer) {
            return new Reply(answer, Spoilt.NOT);
        }
    }

    private static final int PIECES = 5;
    private static final long PIECE_MILLIS = 40;
    private static final long SILENCE_SECONDS = 30;

    private final Loopback server = new Loopback(this::answer);
    private final Relay relay = new Relay(server.port());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<ApplicationRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<ApplicationRequest, Reply> script =
            request -> Reply.good(ApplicationAnswer.status(404, "no script"));

    ScriptedApplication() {}

    /** {@return the origin of the application} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + relay.port());
    }

    /** {@return every request so far, in the order of arrival} */
    public List<ApplicationRequest> requests() {
        return List.copyOf(requests);
    }

    void answers(Function<ApplicationRequest, Reply> newScript) {
        script = newScript;
    }

    private void answer(HttpExchange exchange, String target, String body) throws IOException {
        ApplicationRequest request = request(exchange, target, body);
        requests.add(request);
        Reply reply = script.apply(request);
        int connection = exchange.getRemoteAddress().getPort();
        switch (reply.spoilt()) {
            case NOT -> Loopback.send(exchange, reply.answer());
            case RESET -> relay.reset(connection);
            case EMPTY -> relay.cut(connection);
            case CUT -> sendHalf(exchange, reply.answer());
            case SLOW -> sendSlowly(exchange, reply.answer());
            case SILENT -> await(TimeUnit.SECONDS.toMillis(SILENCE_SECONDS));
        }
    }

    /** The connection is closed before the last chunk. */
    private static void sendHalf(HttpExchange exchange, ApplicationAnswer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        Loopback.headers(exchange, answer);
        exchange.sendResponseHeaders(answer.status(), bytes.length + 1L);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes, 0, bytes.length / 2);
        out.flush();
    }

    private void sendSlowly(HttpExchange exchange, ApplicationAnswer answer) throws IOException {
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        Loopback.headers(exchange, answer);
        exchange.sendResponseHeaders(answer.status(), 0);
        OutputStream out = exchange.getResponseBody();
        for (int piece = 0; piece < PIECES; piece++) {
            await(PIECE_MILLIS);
            int from = bytes.length * piece / PIECES;
            out.write(bytes, from, bytes.length * (piece + 1) / PIECES - from);
            out.flush();
        }
        out.close();
    }

    private void await(long millis) throws IOException {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("the application is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the application is closed", e);
        }
    }

    private static ApplicationRequest request(HttpExchange exchange, String target, String body) {
        int question = target.indexOf('?');
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return new ApplicationRequest(
                exchange.getRequestMethod(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                headers,
                body);
    }

    @Override
    public void close() {
        closed.countDown();
        relay.close();
        server.close();
    }
}
