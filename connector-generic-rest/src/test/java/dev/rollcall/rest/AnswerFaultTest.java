package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are none, by the names of {@link FaultSuite}. */
class AnswerFaultTest extends FaultSuite {
    private record Case(String name, FailureKind kind, String message, ResponseDefinitionBuilder answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Only where nothing comes anyway is it waited for a short time. */
    private static String impatient(String source, String name) {
        if (name.equals("slow-loris body")) {
            return source.replace("bodyTimeout: 20s", "bodyTimeout: 900ms");
        }
        return name.equals("slow first byte") ? source.replace("timeout: 10s", "timeout: 400ms") : source;
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
                        "reset before headers",
                        FailureKind.UNAVAILABLE,
                        "the connection to",
                        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                new Case(
                        "closed before headers",
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
                new Case("not gzip", malformed, "unpacked", packed(page)),
                new Case("zip bomb", FailureKind.LIMIT_EXCEEDED, "unpacks to more than 200 times", packed(bomb)),
                new Case("another packing", malformed, "'br'", okJson("{}").withHeader("Content-Encoding", "br")),
                json("empty 200", malformed, "empty body", ""),
                json("white space", malformed, "there is none", " \n"),
                new Case(
                        "no content",
                        malformed,
                        "status 204 with an empty body",
                        aResponse().withStatus(204)),
                json(
                        "HTML 200",
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
                json(
                        "duplicate keys, of the list itself",
                        malformed,
                        "'/data' appears twice",
                        "{\"data\": [], \"data\": []}"),
                json(
                        "duplicate keys",
                        malformed,
                        "the name 'id' appears twice",
                        "{\"data\": [{\"id\": 1, \"id\": 2}]}"),
                json(
                        "JSON 50,000 deep",
                        FailureKind.LIMIT_EXCEEDED,
                        "nesting depth",
                        "{\"data\": [{\"a\": " + "[".repeat(50_000)),
                json(
                        "a number of 100,000 digits",
                        FailureKind.LIMIT_EXCEEDED,
                        "length",
                        "{\"data\": [{\"a\": " + "1".repeat(100_000) + "}]}"),
                new Case(
                        "latin-1 that is not said",
                        malformed,
                        "broken JSON",
                        aResponse().withBody("{\"data\": [{\"a\": \"\u00fc\"}]}".getBytes(ISO_8859_1))),
                new Case(
                        "bad UTF-8",
                        malformed,
                        "broken JSON",
                        aResponse().withBody("{\"data\": [{\"a\": \"\u00c3(\"}]}".getBytes(ISO_8859_1))),
                status(400, FailureKind.REJECTED, "status 400, bad page", "{\"message\": \"bad page\"}"),
                new Case(
                        "mTLS missing, as nginx says it",
                        FailureKind.REJECTED,
                        "an HTML page '400 No required SSL certificate was sent'",
                        aResponse()
                                .withStatus(400)
                                .withBody("<html><title>400 No required SSL certificate was sent</title></html>")),
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
                status(
                        502,
                        FailureKind.UNAVAILABLE,
                        "an HTML page 'Bad Gateway'",
                        "<html><title>Bad Gateway</title></html>"),
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

        ConnectorException failure = failure(impatient(source(origin(), ""), fault.name()));

        check(failure, fault.kind(), fault.message());
    }

    /** A firewall or a rate limit in front of the application has not looked at any permission. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "text/html, <html><head><title>You were stopped | Network</title></head></html>",
        "'', <!DOCTYPE html><html>",
        "text/plain, error code: 1020",
    })
    void a_refusal_by_the_network_is_no_lacking_permission(String type, String body) {
        server.stubFor(get("/users")
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", type)
                        .withBody(body)));

        assertThat(failure(source(origin(), "")))
                .hasMessageContaining("in front of the application")
                .hasMessageNotContaining("may not do this");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            403 | application/json | {"error": "no scope"} | these credentials are known, but may not do this
            403 | text/plain       | no                    | these credentials are known, but may not do this
            401 | text/html        | <html>                | check the credentials under authorization
            407 | text/html        | <html>                | http.proxy
            404 | text/html        | <html>                | check the url
            """)
    void a_refusal_has_a_remedy(int status, String type, String body, String remedy) {
        server.stubFor(get("/users")
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", type)
                        .withBody(body)));

        assertThat(failure(source(origin(), ""))).hasMessageContaining(remedy);
    }

    @Test
    void a_success_that_says_it_is_none() {
        server.stubFor(
                get("/users").willReturn(okJson("{\"data\": [], \"success\": false, \"error\": \"no such team\"}")));

        check(
                failure(source(
                        origin(),
                        "errors: [{when: response.body.success == false, kind: forbidden, message: /error}]")),
                FailureKind.FORBIDDEN,
                "no such team");
    }
}
