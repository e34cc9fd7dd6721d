package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static void fetch(String more, String settings) {
        String source = Api.source(server, more).replace("settings: {", "settings: {" + settings);
        Sources.fetch(Sources.connector(source));
    }

    private static void anyAnswer() {
        server.stubFor(post(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": []}")));
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": []}")));
    }

    @Nested
    class a_body {
        @Test
        void of_json_has_values_in_their_place() {
            anyAnswer();

            fetch("method: POST\nbody: {type: json, content: '{\"team\": \"${settings.team}\"}'}", "team: 'a\"b', ");

            server.verify(postRequestedFor(urlEqualTo("/users"))
                    .withHeader("Content-Type", equalTo("application/json"))
                    .withRequestBody(equalToJson("{\"team\": \"a\\\"b\"}")));
        }

        @Test
        void of_a_form_is_encoded() {
            anyAnswer();

            fetch(
                    "method: POST\nbody: {type: form, content: {team: '${settings.team}', 'a b': 'c'}}",
                    "team: 'x&y=z', ");

            server.verify(postRequestedFor(urlEqualTo("/users"))
                    .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                    .withRequestBody(equalTo("team=x%26y%3Dz&a%20b=c")));
        }

        @Test
        void of_parts_has_a_boundary_that_is_in_none() {
            anyAnswer();

            fetch("method: POST\nbody: {type: multipart, content: {team: '${settings.team}'}}", "team: ü, ");

            server.verify(postRequestedFor(urlEqualTo("/users"))
                    .withRequestBodyPart(
                            aMultipart().withName("team").withBody(equalTo("ü")).build()));
        }

        @Test
        void of_xml_is_escaped_and_of_text_is_not() {
            anyAnswer();

            fetch("method: POST\nbody: {type: xml, content: '<q>${settings.team}</q>'}", "team: 'a<b', ");
            fetch("method: POST\nbody: {type: text, content: 'q=${settings.team}'}", "team: 'a<b', ");

            server.verify(postRequestedFor(urlEqualTo("/users")).withRequestBody(equalTo("<q>a&lt;b</q>")));
            server.verify(postRequestedFor(urlEqualTo("/users")).withRequestBody(equalTo("q=a<b")));
        }
    }

    @Nested
    class credentials {
        private static void with(String authorization) {
            anyAnswer();
            Sources.fetch(Sources.connector(Api.source(server, "") + "authorization: " + authorization));
        }

        @Test
        void go_into_a_header() {
            with("{type: api-key, name: X-Token, value: '${env.K}'}");

            server.verify(getRequestedFor(urlEqualTo("/users")).withHeader("X-Token", equalTo(Sources.SECRET)));
        }

        @Test
        void go_into_a_parameter() {
            with("{type: api-key, name: key, in: query, value: '${env.K}'}");

            server.verify(getRequestedFor(urlPathEqualTo("/users")).withQueryParam("key", equalTo(Sources.SECRET)));
        }

        @Test
        void are_a_name_and_a_password() {
            with("{type: basic, username: ada, password: '${env.K}'}");

            server.verify(
                    getRequestedFor(urlEqualTo("/users")).withBasicAuth(new BasicCredentials("ada", Sources.SECRET)));
        }

        @Test
        void are_a_token_behind_another_word() {
            with("{type: bearer, prefix: Token, token: '${env.K}'}");

            server.verify(getRequestedFor(urlEqualTo("/users"))
                    .withHeader("Authorization", equalTo("Token " + Sources.SECRET)));
        }
    }

    @Test
    void a_line_break_in_a_header_is_refused() {
        anyAnswer();

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> fetch("headers: {X-Team: '${settings.team}'}", "team: \"a\\r\\nX-Admin: 1\", "));

        assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(failure).hasMessageContaining("X-Team has a line break");
        server.verify(0, getRequestedFor(urlPathEqualTo("/users")));
    }

    /** The JDK's client would send a question mark for each of them. */
    @ParameterizedTest
    @CsvSource({"Jos\u00e9, U+00E9", "\u4e2d, U+4E2D", "a\u00a0b, U+00A0", "\ud83d\ude00, U+1F600", "a\u2028b, U+2028"})
    void a_header_beyond_ascii_is_refused(String value, String character) {
        anyAnswer();

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> fetch("headers: {X-Name: '${settings.name}'}", "name: \"" + value + "\", "));

        assertThat(failure)
                .hasMessageContaining("X-Name")
                .hasMessageContaining(character)
                .hasMessageContaining("urlEncode");
        server.verify(0, getRequestedFor(urlPathEqualTo("/users")));
        assertThat(Sources.read(Api.source(server, "headers: {X-Name: \"" + value + "\"}"))
                        .problems())
                .singleElement()
                .asString()
                .contains("headers.X-Name", character);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: api-key, name: x-key, value: '${env.KEY}\u00e9'}",
                "{type: bearer, token: '${env.KEY}\u00e9'}"
            })
    void a_credential_that_no_header_can_hold_is_told_when_the_settings_are_read(String authorization) {
        assertThat(Sources.read(Api.source(server, "") + "authorization: " + authorization + "\n")
                        .problems())
                .singleElement()
                .asString()
                .contains("authorization.", "has a character that no header can hold")
                .doesNotContain(Sources.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:65536", "http://localhost:99999/x", "https://a.example.test:2147483647"})
    void a_port_that_there_is_not_is_refused(String address) {
        String source = "settings: {baseUrl: '" + address + "'}\nprimaryKey: id\nendpoints: [{name: users, url: '"
                + "${settings.baseUrl}/users', records: /data}]\n";

        assertThat(Sources.read(source).problems())
                .singleElement()
                .asString()
                .contains("endpoints[0].url", "a port up to 65535");
    }

    @Test
    void a_path_beyond_ascii_is_sent_in_UTF_8() {
        server.stubFor(get("/M%C3%BCller?q=%C3%A9").willReturn(okJson(Api.page("", 1))));

        assertThat(Sources.fetch(Sources.connector(Api.source(server, "").replace("/users", "/M\u00fcller?q=\u00e9"))))
                .hasSize(1);
    }

    @Test
    void a_value_does_not_climb_up_the_path() {
        String source = Api.source(server, "one: {url: '${settings.baseUrl}/users/${key}/photo'}");

        for (String key : List.of("..", ".")) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class,
                    () -> Sources.fetch(
                            Sources.connector(source), dev.rollcall.connector.UserQuery.byKeys(List.of(key))));
            assertThat(failure.kind()).as(key).isEqualTo(FailureKind.REJECTED);
            assertThat(failure).as(key).hasMessageContaining("path");
        }
    }

    @Test
    void a_post_is_made_again_only_if_that_is_said() {
        server.stubFor(post("/users").willReturn(aResponse().withStatus(503)));

        assertThat(catchThrowableOfType(ConnectorException.class, () -> fetch("method: POST", "")))
                .isNotNull();
        server.verify(1, postRequestedFor(urlEqualTo("/users")));

        assertThat(catchThrowableOfType(
                        ConnectorException.class,
                        () -> fetch("method: POST\nrequest: {idempotent: true, retries: 2}", "")))
                .isNotNull();
        server.verify(4, postRequestedFor(urlEqualTo("/users")));
    }

    @Nested
    class the_pace {
        @Test
        void is_kept() {
            Sources.NoWaiting pause = new Sources.NoWaiting();
            Api.answer(server, get("/users?p=1"), "", 1);
            Api.answer(server, get("/users?p=2"), "", 2);
            Api.answer(server, get("/users?p=3"), "");

            Sources.fetch(Sources.connector(
                    Api.source(server, "paging: {type: page, parameter: p}\nrequest: {requestsPerSecond: 4}"), pause));

            assertThat(pause.sleeps()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250));
        }

        @Test
        void waits_for_a_new_budget_when_none_is_left() {
            Sources.NoWaiting pause = new Sources.NoWaiting();
            server.stubFor(get("/users?p=1")
                    .willReturn(okJson(Api.page("", 1))
                            .withHeader("x-ratelimit-remaining", "0")
                            .withHeader("x-ratelimit-reset", "2")));
            Api.answer(server, get("/users?p=2"), "");

            Sources.fetch(Sources.connector(Api.source(server, "paging: {type: page, parameter: p}"), pause));

            assertThat(pause.sleeps()).containsExactly(Duration.ofSeconds(2));
        }
    }
}
