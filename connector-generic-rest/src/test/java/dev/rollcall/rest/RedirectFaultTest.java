package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.UserRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other addresses than the one that was called: no credential follows there. */
class RedirectFaultTest extends FaultSuite {
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_to_another_origin_takes_no_credential_along(int status) {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(any(urlPathEqualTo("/users"))
                .willReturn(aResponse().withStatus(status).withHeader("Location", elsewhere.url("/users"))));

        check(
                failure(source(origin(), "")),
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
                failure(source(origin(), "paging: {type: link}")),
                FailureKind.UNTRUSTED_ORIGIN,
                "the next page is at another origin");
    }

    @Test
    void a_next_address_at_another_origin_is_not_followed() {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(get("/users")
                .willReturn(okJson("{\"data\": [{\"id\": 1}], \"next\": \"" + elsewhere.url("/users?page=2") + "\"}")));

        check(
                failure(source(origin(), "paging: {type: next-url, next: /next}")),
                FailureKind.UNTRUSTED_ORIGIN,
                "the next page is at another origin");
    }

    @Test
    void a_redirect_within_the_origin_is_followed_with_the_credential() {
        server.stubFor(get("/users").willReturn(aResponse().withStatus(307).withHeader("Location", "/v2/users?x=1")));
        server.stubFor(get("/v2/users?x=1")
                .withHeader("x-api-key", equalTo(Sources.SECRET))
                .willReturn(okJson("{\"data\": [{\"id\": 1}]}")));

        List<UserRecord> records = Sources.fetch(Sources.connector(source(origin(), "")));

        assertThat(records).hasSize(1);
    }

    private static Stream<Arguments> targets() {
        String port = ":" + server.getPort();
        return Stream.of(
                Arguments.of("another name of this machine", "http://localhost" + port + "/users"),
                Arguments.of("another scheme", "https://127.0.0.1" + port + "/users"),
                Arguments.of("an address without a scheme", "//127.0.0.1:" + elsewhere.getPort() + "/users"),
                Arguments.of("a user before the host", "http://127.0.0.1" + port + "@127.0.0.1:" + elsewhere.getPort()),
                Arguments.of("another protocol", "ftp://127.0.0.1" + port + "/users"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void a_redirect_that_only_looks_like_the_same_origin(String name, String target) {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(any(urlPathEqualTo("/users"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", target)));

        check(failure(source(origin(), "")), FailureKind.UNTRUSTED_ORIGIN, "to another origin");
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_redirect_to_what_is_no_address() {
        server.stubFor(any(urlPathEqualTo("/users"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", "http://[")));

        check(failure(source(origin(), "")), FailureKind.MALFORMED_RESPONSE, "redirected to nowhere");
    }

    @Test
    void a_search_by_post_that_is_redirected_is_not_made_into_something_else() {
        server.stubFor(any(urlPathEqualTo("/users"))
                .willReturn(aResponse().withStatus(303).withHeader("Location", "/v2/users")));

        check(failure(source(origin(), "method: POST")), FailureKind.REJECTED, "a POST was redirected to");
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void a_search_by_post_that_is_to_be_made_elsewhere_goes_there_with_its_body(int status) {
        String body = "{\"active\":true}";
        server.stubFor(post("/users").willReturn(aResponse().withStatus(status).withHeader("Location", "/v2/users")));
        server.stubFor(post("/v2/users")
                .withHeader("x-api-key", equalTo(Sources.SECRET))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalTo(body))
                .willReturn(okJson("{\"data\": [{\"id\": 1}]}")));

        String source = source(origin(), "method: POST\nbody: {type: json, content: '" + body + "'}");

        assertThat(Sources.fetch(Sources.connector(source))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void a_search_by_post_takes_neither_body_nor_credential_to_another_origin(int status) {
        elsewhere.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.stubFor(post("/users")
                .willReturn(aResponse().withStatus(status).withHeader("Location", elsewhere.url("/users"))));

        check(failure(source(origin(), "method: POST")), FailureKind.UNTRUSTED_ORIGIN, "to another origin");
    }
}
