package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a call goes wrong ends in one kind and one message, and never looks like a complete read. */
class FaultTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @RegisterExtension
    static final WireMockExtension elsewhere = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private record Case(String name, FailureKind kind, String message, ResponseDefinitionBuilder answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record RawCase(String name, FailureKind kind, String message, RawServer.Behaviour behaviour) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String source(String origin, String more) {
        return """
                settings: {baseUrl: '%s'}
                authorization: {type: api-key, name: x-api-key, value: "${env.KEY}"}
                primaryKey: id
                endpoints:
                  - name: users
                    url: ${settings.baseUrl}/users
                    records: /data
                    request: {timeout: 10s, bodyTimeout: 20s, retries: 0}
                    response: {maxBytes: 20MiB}
                """.formatted(origin) + more.indent(4);
    }

    /** Only where nothing comes anyway is it waited for a short time. */
    private static String impatient(String source, String name) {
        if (name.startsWith("slow-loris")) {
            return source.replace("bodyTimeout: 20s", "bodyTimeout: 900ms");
        }
        return name.startsWith("slow") || name.startsWith("silence")
                ? source.replace("timeout: 10s", "timeout: 400ms")
                : source;
    }

    private static ConnectorException failure(String source) {
        RestConnector connector = Sources.connector(source);
        try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> {
                while (pages.hasNext()) {
                    pages.next();
                }
            });
            assertThat(failure).as("what the iterator says of completeness").isNotNull();
            assertThat(catchThrowableOfType(ConnectorException.class, pages::hasNext))
                    .as("and says again")
                    .isSameAs(failure);
            return failure;
        }
    }

    private static void check(ConnectorException failure, FailureKind kind, String message) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("page 1 of users: ").hasMessageContaining(message);
        assertThat(stackTrace(failure)).doesNotContain(Sources.SECRET);
        elsewhere.verify(0, com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl()));
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Case json(String name, FailureKind kind, String message, String body) {
        return new Case(
                name,
                kind,
                message,
                aResponse().withHeader("Content-Type", "application/json").withBody(body));
    }

    private static Case status(int status, FailureKind kind, String message, String body) {
        return new Case(
                "status " + status,
                kind,
                message,
                aResponse().withStatus(status).withBody(body));
    }

    private static Stream<Case> answers() {
        byte[] page = "{\"data\": [{\"id\": 1}]}".getBytes(StandardCharsets.UTF_8);
        byte[] packed = gzip(page);
        byte[] bomb = gzip(" ".repeat(30 << 20).getBytes(StandardCharsets.UTF_8));
        FailureKind malformed = FailureKind.MALFORMED_RESPONSE;
        return Stream.of(
                new Case(
                        "reset",
                        FailureKind.UNAVAILABLE,
                        "the connection to",
                        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                new Case(
                        "nothing",
                        FailureKind.UNAVAILABLE,
                        "the connection to",
                        aResponse().withFault(Fault.EMPTY_RESPONSE)),
                new Case("garbage", malformed, "not HTTP", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                new Case("bad chunk", malformed, "not HTTP", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                new Case(
                        "slow first byte",
                        FailureKind.TIMEOUT,
                        "no answer in time",
                        okJson("{}").withFixedDelay(1500)),
                new Case(
                        "slow-loris body",
                        FailureKind.TIMEOUT,
                        "the body took longer than",
                        okJson("{\"data\": [{\"id\": 1}]}").withChunkedDribbleDelay(20, 2500)),
                new Case("truncated gzip", malformed, "unpacked", packed(Arrays.copyOf(packed, packed.length - 12))),
                new Case("no gzip", malformed, "unpacked", packed(page)),
                new Case("zip bomb", FailureKind.LIMIT_EXCEEDED, "unpacks to more than 200 times", packed(bomb)),
                new Case("another packing", malformed, "'br'", okJson("{}").withHeader("Content-Encoding", "br")),
                json("empty", malformed, "empty body", ""),
                json("white space", malformed, "there is none", " \n"),
                new Case(
                        "no content",
                        malformed,
                        "status 204 with an empty body",
                        aResponse().withStatus(204)),
                json(
                        "HTML",
                        malformed,
                        "expected JSON, was an HTML page 'Sign in'",
                        "<!DOCTYPE html><html><head><title>Sign in</title></head></html>"),
                json("cut", malformed, "broken JSON at line 1", "{\"data\": [{\"id\": 1}, {\"id\": 2"),
                json("more after the end", malformed, "more text after the end", "{\"data\": []} {\"data\": [1]}"),
                json("no list", malformed, "expected an array at /data, there is none", "{\"users\": []}"),
                json("null for the list", malformed, "expected an array at /data, was null", "{\"data\": null}"),
                json("text for the list", malformed, "expected an array at /data, was a text", "{\"data\": \"x\"}"),
                json(
                        "null in the list",
                        malformed,
                        "expected an object at /data/1, was null",
                        "{\"data\": [{\"id\": 1}, null]}"),
                json("two lists", malformed, "'/data' appears twice", "{\"data\": [], \"data\": []}"),
                json(
                        "two equal names",
                        malformed,
                        "the name 'id' appears twice",
                        "{\"data\": [{\"id\": 1, \"id\": 2}]}"),
                json(
                        "too deep",
                        FailureKind.LIMIT_EXCEEDED,
                        "nesting depth",
                        "{\"data\": [{\"a\": " + "[".repeat(50_000)),
                json(
                        "too long a number",
                        FailureKind.LIMIT_EXCEEDED,
                        "length",
                        "{\"data\": [{\"a\": " + "1".repeat(100_000) + "}]}"),
                new Case(
                        "bytes that are no UTF-8",
                        malformed,
                        "broken JSON",
                        aResponse().withBody(new byte[] {
                            '{',
                            '"',
                            'd',
                            'a',
                            't',
                            'a',
                            '"',
                            ':',
                            '[',
                            '{',
                            '"',
                            'a',
                            '"',
                            ':',
                            '"',
                            (byte) 0xfc,
                            '"',
                            '}',
                            ']',
                            '}'
                        })),
                status(400, FailureKind.REJECTED, "status 400, bad page", "{\"message\": \"bad page\"}"),
                status(
                        401,
                        FailureKind.UNAUTHORIZED,
                        "status 401, Invalid API key [secret]",
                        "Invalid API key " + Sources.SECRET),
                status(
                        403,
                        FailureKind.FORBIDDEN,
                        "an HTML page 'Attention Required! | Cloudflare'",
                        "<html><head><title>Attention Required! | Cloudflare</title></head><body>403</body></html>"),
                status(404, FailureKind.NOT_FOUND, "status 404", ""),
                status(408, FailureKind.TIMEOUT, "status 408", ""),
                status(422, FailureKind.REJECTED, "X is not a valid ID", "{\"error\": \"X is not a valid ID\"}"),
                status(429, FailureKind.RATE_LIMITED, "600 times per hour", "{\"message\": \"600 times per hour\"}"),
                status(500, FailureKind.UNAVAILABLE, "status 500", "{broken"),
                status(501, FailureKind.REJECTED, "status 501", ""),
                status(524, FailureKind.UNAVAILABLE, "status 524", "<html>"),
                status(304, malformed, "status 304", ""),
                new Case(
                        "redirect to nowhere",
                        malformed,
                        "redirected to nowhere",
                        aResponse().withStatus(302)),
                new Case(
                        "redirect loop",
                        malformed,
                        "redirected more than 5 times",
                        aResponse().withStatus(302).withHeader("Location", "/users")));
    }

    private static ResponseDefinitionBuilder packed(byte[] body) {
        return aResponse().withHeader("Content-Encoding", "gzip").withBody(body);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer(Case fault) {
        server.stubFor(any(urlPathEqualTo("/users")).willReturn(fault.answer()));

        ConnectorException failure =
                failure(impatient(source("http://127.0.0.1:" + server.getPort(), ""), fault.name()));

        check(failure, fault.kind(), fault.message());
    }

    private static Stream<RawCase> connections() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        return Stream.of(
                raw(
                        "a short body",
                        FailureKind.UNAVAILABLE,
                        "the connection to",
                        ok + "Content-Length: 100\r\n\r\n{\"data\": ["),
                raw(
                        "two lengths",
                        FailureKind.MALFORMED_RESPONSE,
                        "broken JSON",
                        ok + "Content-Length: 2\r\nContent-Length: 12\r\n\r\n{\"data\": []}"),
                raw("another protocol", FailureKind.MALFORMED_RESPONSE, "not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"),
                new RawCase("a reset within the body", FailureKind.UNAVAILABLE, "the connection to", (socket, out) -> {
                    out.write((ok + "Content-Length: 100\r\n\r\n{\"data\": [").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.setSoLinger(true, 0);
                }),
                new RawCase("silence within the body", FailureKind.TIMEOUT, "the body was silent", (socket, out) -> {
                    out.write((ok + "Content-Length: 100\r\n\r\n{\"data\": [").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.getInputStream().read();
                }),
                new RawCase("slow headers", FailureKind.TIMEOUT, "no answer in time", (socket, out) -> {
                    out.write(ok.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    socket.getInputStream().read();
                }),
                new RawCase("endless headers", FailureKind.MALFORMED_RESPONSE, "not HTTP", (socket, out) -> {
                    out.write(ok.getBytes(StandardCharsets.UTF_8));
                    byte[] header =
                            "X-Filler: 0123456789012345678901234567890123456789\r\n".getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 100_000; i++) {
                        out.write(header);
                    }
                }),
                new RawCase("endless interim answers", FailureKind.MALFORMED_RESPONSE, "not HTTP", (socket, out) -> {
                    byte[] interim = "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 100_000; i++) {
                        out.write(interim);
                    }
                }),
                new RawCase(
                        "an endless body", FailureKind.LIMIT_EXCEEDED, "larger than 20971520 bytes", (socket, out) -> {
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

        check(failure(source("http://127.0.0.1:" + port, "")), FailureKind.UNAVAILABLE, "the connection to");
    }

    @Test
    void a_certificate_that_nobody_vouches_for() {
        check(
                failure(source("https://localhost:" + server.getHttpsPort(), "")),
                FailureKind.UNTRUSTED_ORIGIN,
                "not trusted");
    }

    @Test
    void no_tls_where_it_should_be() {
        check(failure(source("https://localhost:" + server.getPort(), "")), FailureKind.UNAVAILABLE, "");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_to_another_origin_takes_no_credential_along(int status) {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(any(urlPathEqualTo("/users"))
                .willReturn(aResponse().withStatus(status).withHeader("Location", elsewhere.url("/users"))));

        check(
                failure(source("http://127.0.0.1:" + server.getPort(), "")),
                FailureKind.UNTRUSTED_ORIGIN,
                "redirected from http://127.0.0.1:" + server.getPort() + " to another origin");
    }

    @Test
    void a_next_link_to_another_origin_is_not_followed() {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(get("/users")
                .willReturn(okJson("{\"data\": [{\"id\": 1}]}")
                        .withHeader("Link", "<" + elsewhere.url("/users?page=2") + ">; rel=\"next\"")));

        check(
                failure(source("http://127.0.0.1:" + server.getPort(), "paging: {type: link}")),
                FailureKind.UNTRUSTED_ORIGIN,
                "the next page is at another origin");
    }

    @Test
    void a_next_address_at_another_origin_is_not_followed() {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(get("/users")
                .willReturn(okJson("{\"data\": [{\"id\": 1}], \"next\": \"" + elsewhere.url("/users?page=2") + "\"}")));

        check(
                failure(source("http://127.0.0.1:" + server.getPort(), "paging: {type: next-url, next: /next}")),
                FailureKind.UNTRUSTED_ORIGIN,
                "the next page is at another origin");
    }

    @Test
    void a_redirect_within_the_origin_is_followed_with_the_credential() {
        server.stubFor(get("/users").willReturn(aResponse().withStatus(307).withHeader("Location", "/v2/users?x=1")));
        server.stubFor(get("/v2/users?x=1")
                .withHeader("x-api-key", com.github.tomakehurst.wiremock.client.WireMock.equalTo(Sources.SECRET))
                .willReturn(okJson("{\"data\": [{\"id\": 1}]}")));

        List<UserRecord> records = Sources.fetch(Sources.connector(source("http://127.0.0.1:" + server.getPort(), "")));

        assertThat(records).hasSize(1);
    }

    @Test
    void a_success_that_says_it_is_none() {
        server.stubFor(
                get("/users").willReturn(okJson("{\"data\": [], \"success\": false, \"error\": \"no such team\"}")));

        check(
                failure(source(
                        "http://127.0.0.1:" + server.getPort(),
                        "errors: [{when: response.body.success == false, kind: forbidden, message: /error}]")),
                FailureKind.FORBIDDEN,
                "no such team");
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
            check(failure(source("http://127.0.0.1:" + server.getPort(), "")), FailureKind.CANCELLED, "interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
