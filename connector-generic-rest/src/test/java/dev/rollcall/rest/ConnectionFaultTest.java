package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are not made, break, fall silent or never end, by the names of {@link FaultSuite}. */
class ConnectionFaultTest extends FaultSuite {
    private record RawCase(String name, FailureKind kind, String message, RawServer.Behaviour behaviour) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Only where nothing comes anyway is it waited for a short time. */
    private static String impatient(String source, String name) {
        return name.startsWith("slow") || name.startsWith("silence")
                ? source.replace("timeout: 10s", "timeout: 400ms").replace("bodyTimeout: 20s", "bodyTimeout: 900ms")
                : source;
    }

    private static Stream<RawCase> connections() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        return Stream.of(
                raw(
                        "short body",
                        FailureKind.UNAVAILABLE,
                        "the connection to",
                        ok + "Content-Length: 100\r\n\r\n{\"data\": ["),
                raw(
                        "duplicate Content-Length",
                        FailureKind.MALFORMED_RESPONSE,
                        "not HTTP",
                        ok + "Content-Length: 12\r\nContent-Length: 30\r\n\r\n{\"data\": []}, {\"id\": 2}]}"),
                raw("another protocol", FailureKind.MALFORMED_RESPONSE, "not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"),
                new RawCase("RST mid-body", FailureKind.UNAVAILABLE, "the connection to", (socket, out) -> {
                    out.write((ok + "Content-Length: 100\r\n\r\n{\"data\": [").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.setSoLinger(true, 0);
                }),
                new RawCase("silence mid-body", FailureKind.TIMEOUT, "the body was silent", (socket, out) -> {
                    out.write((ok + "Content-Length: 100\r\n\r\n{\"data\": [").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.getInputStream().read();
                }),
                new RawCase("slow headers", FailureKind.TIMEOUT, "no answer in time", (socket, out) -> {
                    out.write(ok.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.getInputStream().read();
                }),
                new RawCase("slow headers, byte by byte", FailureKind.TIMEOUT, "no answer in time", (socket, out) -> {
                    for (byte each : (ok + "X-Filler: 0123456789").getBytes(StandardCharsets.UTF_8)) {
                        out.write(each);
                        out.flush();
                        Thread.sleep(50);
                    }
                }),
                new RawCase("slow endless body", FailureKind.TIMEOUT, "the body took longer than", (socket, out) -> {
                    out.write((ok + "\r\n{\"x\": \"").getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 1_000; i++) {
                        out.write('x');
                        out.flush();
                        Thread.sleep(50);
                    }
                }),
                new RawCase("endless headers", FailureKind.MALFORMED_RESPONSE, "not HTTP", (socket, out) -> {
                    out.write(ok.getBytes(StandardCharsets.UTF_8));
                    byte[] header =
                            "X-Filler: 0123456789012345678901234567890123456789\r\n".getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 100_000; i++) {
                        out.write(header);
                    }
                }),
                new RawCase("103 flood", FailureKind.MALFORMED_RESPONSE, "not HTTP", (socket, out) -> {
                    byte[] interim = "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 100_000; i++) {
                        out.write(interim);
                    }
                }),
                new RawCase("endless body", FailureKind.LIMIT_EXCEEDED, "larger than 20971520 bytes", (socket, out) -> {
                    out.write((ok + "\r\n{\"x\": \"").getBytes(StandardCharsets.UTF_8));
                    byte[] filler = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 100_000; i++) {
                        out.write(filler);
                    }
                }));
    }

    private static RawCase raw(String name, FailureKind kind, String message, String answer) {
        return new RawCase(
                name, kind, message, (socket, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void a_connection(RawCase fault) {
        try (RawServer raw = new RawServer(fault.behaviour())) {
            ConnectorException failure = failure(impatient(source("http://127.0.0.1:" + raw.port(), ""), fault.name())
                    .replace("maxBytes: 20MiB", "maxBytes: 20MiB, maxTextLength: 100000000"));

            check(failure, fault.kind(), fault.message());
        }
    }

    @Test
    void nobody_listens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        String message = "the connection to http://127.0.0.1:" + port + " failed: nobody listens there";
        check(failure(source("http://127.0.0.1:" + port, "")), FailureKind.UNAVAILABLE, message);
    }

    /** The JDK says nothing of its own here, so that the message must. */
    @Test
    void a_name_that_nobody_has() {
        String source =
                source("http://nosuch.invalid", "").replace("api-key, name: x-api-key, value: \"${env.KEY}\"", "none");

        check(
                failure(source),
                FailureKind.UNAVAILABLE,
                "the connection to http://nosuch.invalid failed: the name of the host is not known");
    }

    /** A full queue of connections that nobody accepts: the next one is never answered, as behind a firewall. */
    @Test
    void nobody_answers() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> queue = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    Socket socket = new Socket();
                    queue.add(socket);
                    connect(socket, deaf);
                }
                String source = source("http://127.0.0.1:" + deaf.getLocalPort(), "");

                check(failure(source + "http: {connectTimeout: 300ms}\n"), FailureKind.TIMEOUT, "no answer in time");
            } finally {
                for (Socket socket : queue) {
                    socket.close();
                }
            }
        }
    }

    private static void connect(Socket socket, ServerSocket deaf) throws IOException {
        try {
            socket.connect(deaf.getLocalSocketAddress(), 300);
        } catch (SocketTimeoutException e) {
            // The queue is full, which is what is wanted.
        }
    }

    @Test
    void a_page_that_breaks_off_is_asked_for_again() {
        AtomicInteger requests = new AtomicInteger();
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 23\r\n\r\n";
        try (RawServer raw = new RawServer((socket, out) -> out.write(
                (head + (requests.getAndIncrement() == 0 ? "{\"data\": [{\"id\"" : "{\"data\": [{\"id\": 123}]}"))
                        .getBytes(StandardCharsets.UTF_8)))) {
            String source = source("http://127.0.0.1:" + raw.port(), "").replace("retries: 0", "retries: 1");

            assertThat(Sources.ids(Sources.fetch(Sources.connector(source)))).containsExactly("123");
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void an_interrupted_thread() {
        server.stubFor(get("/users").willReturn(okJson("{\"data\": []}")));
        Thread.currentThread().interrupt();
        try {
            check(failure(source(origin(), "")), FailureKind.CANCELLED, "interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
