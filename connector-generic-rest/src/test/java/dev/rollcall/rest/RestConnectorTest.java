package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Connectors;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestConnectorTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static String source(String rest) {
        return "settings: {baseUrl: 'http://127.0.0.1:%d/'}\nprimaryKey: id\n".formatted(server.getPort()) + rest;
    }

    private static String users(String more) {
        return source("endpoints:\n  - name: users\n    url: ${settings.baseUrl}/users\n    records: /data\n"
                + more.indent(4));
    }

    private static void answer(String parameter, String value, String json) {
        server.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam(parameter, value.isEmpty() ? absent() : equalTo(value))
                .willReturn(okJson(json)));
    }

    private static ConnectorException failure(RestConnector connector) {
        return (ConnectorException) org.assertj.core.api.Assertions.catchThrowable(() -> Sources.fetch(connector));
    }

    @Test
    void is_found_by_its_id() {
        Connectors connectors = Connectors.discover(RestConnectorTest.class.getClassLoader());

        assertThat(connectors.open("generic-rest", Sources.settings(users("")), ConnectorContext.defaults()))
                .isInstanceOf(RestConnector.class);
    }

    @Test
    void dates_in_calls_are_of_the_clock_and_the_zone_of_the_host() {
        Clock evening = Clock.fixed(Instant.parse("2026-11-23T20:00:00Z"), ZoneOffset.UTC);
        answer("day", "2026-11-24", "{\"data\": [{\"id\": 1}]}");
        RestSettings settings = Sources.read(users("parameters: {day: '${today()}'}"));

        List<UserRecord> records = Sources.fetch(RestConnector.of(
                settings, ConnectorContext.defaults().clock(evening).zone(ZoneId.of("Pacific/Auckland"))));

        assertThat(records).hasSize(1);
    }

    @Test
    void values_keep_what_they_were() {
        server.stubFor(
                get("/users")
                        .willReturn(
                                okJson(
                                        "{\"data\": [{\"id\": 42, \"rate\": 1.50, \"big\": 12345678901234567890,"
                                                + " \"name\": \"\", \"phone\": null, \"active\": true, \"tags\": [\"a\"], \"m\": {\"id\": \"7\"}}]}")));

        UserRecord record = Sources.fetch(Sources.connector(users(""))).get(0);

        assertThat(record.value("id").text()).contains("42");
        assertThat(record.value("rate").text()).contains("1.50");
        assertThat(record.value("big").text()).contains("12345678901234567890");
        assertThat(record.value("name")).isEqualTo(Value.of(""));
        assertThat(record.value("phone")).isEqualTo(Value.ofNull());
        assertThat(record.value("fax")).isEqualTo(Value.absent());
        assertThat(record.value("active")).isEqualTo(Value.of(true));
        assertThat(record.value("tags[0]")).isEqualTo(Value.of("a"));
        assertThat(record.value("m.id")).isEqualTo(Value.of("7"));
        assertThat(record.origin()).isEqualTo("page 1 of users");
    }

    @Test
    void parameters_and_headers_are_encoded_and_left_out_without_a_value() {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": []}")));

        Sources.fetch(Sources.connector(users("""
                parameters: {q: "a b&c=d/ü", none: "${run.lastSuccess}"}
                headers: {X-Team: blue}
                """) + "completeness: delta\n"));

        server.verify(getRequestedFor(urlPathEqualTo("/users"))
                .withQueryParam("q", equalTo("a b&c=d/ü"))
                .withQueryParam("none", absent())
                .withHeader("X-Team", equalTo("blue"))
                .withHeader("Accept", equalTo("application/json")));
    }

    @Nested
    class pages_by_cursor {
        private static final String PAGING = "paging: {type: cursor, parameter: cursor, next: /more/next,"
                + " size: {parameter: limit, value: 2}}\n";

        @Test
        void end_when_there_is_no_next_cursor() {
            answer("cursor", "", "{\"data\": [{\"id\": 1}, {\"id\": 2}], \"more\": {\"next\": \"b+/=\"}}");
            answer("cursor", "b+/=", "{\"more\": {\"next\": null}, \"data\": [{\"id\": 3}]}");

            List<UserRecord> records = Sources.fetch(Sources.connector(users(PAGING)));

            assertThat(Sources.ids(records)).containsExactly("1", "2", "3");
            server.verify(2, getRequestedFor(urlPathEqualTo("/users")).withQueryParam("limit", equalTo("2")));
        }

        @Test
        void go_on_over_an_empty_page() {
            answer("cursor", "", "{\"data\": [], \"more\": {\"next\": 7}}");
            answer("cursor", "7", "{\"data\": [{\"id\": 3}], \"more\": {\"next\": \"\"}}");

            assertThat(Sources.ids(Sources.fetch(Sources.connector(users(PAGING)))))
                    .containsExactly("3");
        }

        @Test
        void fail_when_a_cursor_comes_again() {
            answer("cursor", "", "{\"data\": [{\"id\": 1}, {\"id\": 2}], \"more\": {\"next\": \"x\"}}");
            answer("cursor", "x", "{\"data\": [{\"id\": 3}, {\"id\": 4}], \"more\": {\"next\": \"x\"}}");

            ConnectorException failure = failure(Sources.connector(users(PAGING)));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure.problem().code()).isEqualTo("repeated-token");
        }
    }

    @Nested
    class pages_by_number {
        @Test
        void end_at_the_declared_number_even_as_text_and_over_an_empty_page() {
            String paging = "paging: {type: page, parameter: page, totalPages: /total}\n";
            answer("page", "1", "{\"total\": \"3\", \"data\": [{\"id\": 1}, {\"id\": 2}]}");
            answer("page", "2", "{\"total\": \"3\", \"data\": []}");
            answer("page", "3", "{\"data\": [{\"id\": 5}], \"total\": 3}");

            assertThat(Sources.ids(Sources.fetch(Sources.connector(users(paging)))))
                    .containsExactly("1", "2", "5");
        }

        @Test
        void end_at_an_empty_page_and_not_at_a_short_one() {
            String paging = "paging: {type: page, parameter: p, first: 0, size: {parameter: n, value: 2}}\n";
            answer("p", "0", "{\"data\": [{\"id\": 1}, {\"id\": 2}]}");
            answer("p", "1", "{\"data\": [{\"id\": 3}]}");
            answer("p", "2", "{\"data\": [{\"id\": 4}, {\"id\": 5}]}");
            answer("p", "3", "{\"data\": []}");

            assertThat(Sources.ids(Sources.fetch(Sources.connector(users(paging)))))
                    .containsExactly("1", "2", "3", "4", "5");
        }

        @Test
        void fail_when_every_page_is_the_first() {
            server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": [{\"id\": 1}, {\"id\": 2}]}")));

            ConnectorException failure = failure(Sources.connector(users("paging: {type: page, parameter: page}\n")));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure.problem().code()).isEqualTo("repeated-page");
            assertThat(failure).hasMessageContaining("page 2 of users");
        }
    }

    @Nested
    class an_answer_that_is_not_what_was_agreed {
        @Test
        void names_page_endpoint_place_and_what_was_there() {
            answer("page", "1", "{\"data\": [{\"id\": 1}]}");
            answer("page", "2", "{\"data\": null}");

            ConnectorException failure = failure(Sources.connector(users("paging: {type: page, parameter: page}\n")));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure).hasMessageStartingWith("page 2 of users: expected an array at /data, was null");
        }

        @Test
        void may_have_null_for_an_empty_list_if_that_is_said() {
            server.stubFor(get("/users").willReturn(okJson("{\"data\": null}")));

            String source = users("").replace("records: /data", "records: {at: /data, whenNull: empty}");

            assertThat(Sources.fetch(Sources.connector(source))).isEmpty();
        }

        @Test
        void is_thrown_again_by_the_same_pages() {
            server.stubFor(get("/users").willReturn(okJson("{\"data\": [{\"id\": 1}")));
            PageIterator<UserRecord> pages = Sources.connector(users("")).fetchUsers(UserQuery.all());

            assertThatThrownBy(pages::next).isInstanceOf(ConnectorException.class);
            assertThatThrownBy(pages::hasNext).isInstanceOf(ConnectorException.class);
        }
    }

    @Nested
    class a_failed_call {
        @Test
        void is_made_again_after_growing_waits() {
            Sources.NoWaiting pause = new Sources.NoWaiting();
            server.stubFor(get("/users").willReturn(aResponse().withStatus(503)));

            ConnectorException failure = failure(Sources.connector(users("request: {retries: 3}\n"), pause));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            server.verify(4, getRequestedFor(urlPathEqualTo("/users")));
            assertThat(pause.sleeps()).hasSize(3).isSorted();
        }

        @Test
        void waits_as_long_as_it_is_told() {
            Sources.NoWaiting pause = new Sources.NoWaiting();
            server.stubFor(get("/users")
                    .inScenario("busy")
                    .willSetStateTo("free")
                    .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "17")));
            server.stubFor(get("/users")
                    .inScenario("busy")
                    .whenScenarioStateIs("free")
                    .willReturn(okJson("{\"data\": [{\"id\": 1}]}")));

            assertThat(Sources.fetch(Sources.connector(users(""), pause))).hasSize(1);
            assertThat(pause.sleeps()).containsExactly(Duration.ofSeconds(17));
        }

        @Test
        void is_given_up_at_once_if_the_wait_would_be_too_long() {
            Sources.NoWaiting pause = new Sources.NoWaiting();
            server.stubFor(get("/users").willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3600")));

            ConnectorException failure = failure(Sources.connector(users(""), pause));

            assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
            assertThat(pause.sleeps()).isEmpty();
        }

        @Test
        void is_not_made_again_if_that_cannot_help() {
            server.stubFor(get("/users")
                    .willReturn(aResponse().withStatus(403).withBody("{\"error\": {\"message\": \"no\\n plan\"}}")));

            ConnectorException failure = failure(Sources.connector(users("")));

            assertThat(failure.kind()).isEqualTo(FailureKind.FORBIDDEN);
            assertThat(failure).hasMessageStartingWith("page 1 of users: status 403, no plan");
            server.verify(1, getRequestedFor(urlPathEqualTo("/users")));
        }
    }

    @Nested
    class one_user {
        @Test
        void is_fetched_by_key_and_may_be_absent() {
            String source = users("one: {url: '${settings.baseUrl}/users/${key}'}\n");
            server.stubFor(get("/users/a%20b%2Fc").willReturn(okJson("{\"data\": {\"id\": \"a b/c\"}}")));
            server.stubFor(get("/users/8").willReturn(aResponse().withStatus(404)));

            List<UserRecord> records =
                    Sources.fetch(Sources.connector(source), UserQuery.byKeys(List.of("a b/c", "8")));

            assertThat(Sources.ids(records)).containsExactly("a b/c");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "{\"data\": {\"id\": 7}}",
                    "{\"data\": [{\"id\": 7}]}",
                    "{\"data\": [{\"id\": 70}, {\"id\": 7}]}",
                    "{\"data\": [{\"name\": \"nobody's\"}, {\"id\": 7}]}",
                    "{\"id\": 7, \"name\": \"Ada\"}"
                })
        void may_come_with_what_is_around_the_list_or_alone(String answer) {
            server.stubFor(get("/users/7").willReturn(okJson(answer)));

            assertThat(Sources.ids(Sources.fetch(
                            Sources.connector(users("one: {url: '${settings.baseUrl}/users/${key}'}\n")),
                            UserQuery.byKeys(List.of("7")))))
                    .containsExactly("7");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "{\"error\": \"try again\"}",
                    "{\"data\": null}",
                    "{\"data\": {\"user\": {\"id\": 7}}}",
                    "{\"data\": [7]}",
                    "{\"id\": 7} {\"id\": 7}"
                })
        void is_not_made_of_an_answer_that_tells_of_no_user(String answer) {
            server.stubFor(get("/users/7").willReturn(okJson(answer)));
            RestConnector connector = Sources.connector(users("one: {url: '${settings.baseUrl}/users/${key}'}\n"));

            assertThatThrownBy(() -> Sources.fetch(connector, UserQuery.byKeys(List.of("7"))))
                    .isInstanceOfSatisfying(
                            ConnectorException.class,
                            e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE));
        }

        @Test
        void needs_a_call_for_it() {
            RestConnector connector = Sources.connector(users(""));

            assertThatThrownBy(() -> connector.fetchUsers(UserQuery.byKeys(List.of("8"))))
                    .isInstanceOfSatisfying(
                            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNSUPPORTED));
        }
    }

    @Nested
    class changes {
        private static final Instant SINCE = Instant.parse("2026-11-22T10:00:00Z");

        @Test
        void are_asked_for_since_the_last_success() {
            server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": []}")));
            String source = users("parameters: {since: '${run.lastSuccess}'}\n") + "completeness: delta\n";

            Sources.fetch(Sources.connector(source), UserQuery.changedSince(SINCE));

            server.verify(
                    getRequestedFor(urlPathEqualTo("/users")).withQueryParam("since", equalTo("2026-11-22T10:00:00Z")));
        }

        @Test
        void cannot_be_asked_of_a_full_source() {
            RestConnector connector = Sources.connector(users(""));

            assertThatThrownBy(() -> connector.fetchUsers(UserQuery.changedSince(SINCE)))
                    .isInstanceOfSatisfying(
                            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNSUPPORTED));
        }
    }

    @Test
    void a_page_of_many_comes_in_pieces_of_which_the_last_has_the_token() {
        StringBuilder json = new StringBuilder("{\"data\": [{\"id\": 0}");
        for (int i = 1; i < 2500; i++) {
            json.append(",{\"id\": ").append(i).append('}');
        }
        answer("page", "1", json.append("]}").toString());
        answer("page", "2", "{\"data\": []}");
        RestConnector connector = Sources.connector(users("paging: {type: page, parameter: page}\n"));

        try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            assertThat(List.of(pages.next(), pages.next(), pages.next(), pages.next()))
                    .extracting(page -> page.items().size()
                            + (page.isContinued() ? " and more" : "")
                            + (page.isLast() ? ", the last" : ""))
                    .containsExactly("1000 and more", "1000 and more", "500", "0, the last");
            assertThat(pages.hasNext()).isFalse();
        }
    }
}
