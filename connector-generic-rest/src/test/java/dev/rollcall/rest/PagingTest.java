package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static MappingBuilder start(String value) {
        return get(urlPathEqualTo("/users")).withQueryParam("start", equalTo(value));
    }

    private static List<String> ids(String paging) {
        return Sources.ids(Sources.fetch(Sources.connector(Api.source(server, "paging: " + paging))));
    }

    private static List<Page<UserRecord>> pages(String paging) {
        List<Page<UserRecord>> all = new ArrayList<>();
        try (PageIterator<UserRecord> pages =
                Sources.connector(Api.source(server, "paging: " + paging)).fetchUsers(UserQuery.all())) {
            pages.forEachRemaining(all::add);
        }
        return all;
    }

    private static ConnectorException failure(String paging) {
        return catchThrowableOfType(ConnectorException.class, () -> ids(paging));
    }

    @Nested
    class by_offset {
        @Test
        void ends_when_there_is_said_to_be_no_more() {
            Api.answer(server, start("0"), "\"more\": \"true\", \"next\": 100", 1, 2);
            Api.answer(server, start("100"), "\"more\": true", 3);
            Api.answer(server, start("101"), "\"more\": false", 4);

            assertThat(ids("{type: offset, parameter: start, hasMore: /more, next: /next}"))
                    .containsExactly("1", "2", "3", "4");
        }

        @Test
        void ends_at_the_total_and_goes_on_by_what_came() {
            Api.answer(server, start("1"), "\"total\": \"5\"", 1, 2, 3);
            Api.answer(server, start("4"), "\"total\": 5", 4);
            Api.answer(server, start("5"), "\"total\": 5", 5);

            assertThat(ids("{type: offset, parameter: start, first: 1, total: /total,"
                            + " size: {parameter: limit, value: 100}}"))
                    .containsExactly("1", "2", "3", "4", "5");
        }

        @Test
        void ends_at_an_empty_page_if_nothing_is_declared() {
            Api.answer(server, start("0"), "", 1, 2);
            Api.answer(server, start("2"), "", 3);
            Api.answer(server, start("3"), "");

            assertThat(ids("{type: offset, parameter: start}")).containsExactly("1", "2", "3");
        }

        @Test
        void ends_at_an_empty_page_with_a_total_that_was_not_reached() {
            Api.answer(server, start("0"), "\"total\": 5", 1, 2);
            Api.answer(server, start("2"), "\"total\": 5");

            assertThat(pages("{type: offset, parameter: start, total: /total}"))
                    .extracting(Page::total)
                    .containsExactly(OptionalLong.of(5), OptionalLong.of(5));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"more\": true, \"next\": 0", "\"more\": true, \"next\": \"0\""})
        void fails_when_it_stands_still(String more) {
            Api.answer(server, start("0"), more, 1, 2);

            ConnectorException failure = failure("{type: offset, parameter: start, hasMore: /more, next: /next}");

            assertThat(failure.problem().code()).isEqualTo("offset-stuck");
        }

        @Test
        void fails_when_what_it_declares_is_no_number() {
            Api.answer(server, start("0"), "\"total\": \"many\"", 1, 2);

            assertThat(failure("{type: offset, parameter: start, total: /total}"))
                    .hasMessageContaining("expected a number at /total, was 'many'");
        }
    }

    @Nested
    class by_what_is_announced {
        private static final String ANNOUNCED = """
                {type: announced, size: {parameter: limit, value: 3}, total: [/total], ways: [
                  {type: offset, parameter: start, hasMore: /more, next: /next_start},
                  {type: page, parameter: page, totalPages: /pages},
                  {type: cursor, parameter: cursor, next: /cursor}]}""";

        private static MappingBuilder first() {
            return get(urlPathEqualTo("/users"))
                    .withQueryParam("limit", equalTo("3"))
                    .withQueryParam("start", absent())
                    .withQueryParam("page", absent())
                    .withQueryParam("cursor", absent());
        }

        @Test
        void one_page_is_all_where_nothing_is() {
            Api.answer(server, first(), "", 1, 2);

            assertThat(ids(ANNOUNCED)).containsExactly("1", "2");
        }

        @Test
        void an_offset_is_followed_and_counted_where_it_is_not_told() {
            Api.answer(server, first(), "\"more\": true", 1, 2, 3);
            Api.answer(server, start("3"), "\"more\": true, \"next_start\": 7", 4);
            Api.answer(server, start("7"), "\"more\": false", 5);

            assertThat(ids(ANNOUNCED)).containsExactly("1", "2", "3", "4", "5");
        }

        @Test
        void numbered_pages_are_followed() {
            Api.answer(server, first(), "\"pages\": \"2\"", 1, 2, 3);
            Api.answer(
                    server, get(urlPathEqualTo("/users")).withQueryParam("page", equalTo("2")), "\"pages\": \"2\"", 4);

            assertThat(ids(ANNOUNCED)).containsExactly("1", "2", "3", "4");
        }

        @Test
        void a_cursor_is_followed() {
            Api.answer(server, first(), "\"cursor\": \"c2\"", 1, 2, 3);
            Api.answer(
                    server,
                    get(urlPathEqualTo("/users")).withQueryParam("cursor", equalTo("c2")),
                    "\"cursor\": null",
                    4);

            assertThat(ids(ANNOUNCED)).containsExactly("1", "2", "3", "4");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\"total\": 4"})
        void a_page_that_may_not_be_all_fails(String beside) {
            Api.answer(server, first(), beside, 1, 2, 3);

            assertThat(failure(ANNOUNCED))
                    .hasMessageContaining("page 1 of users")
                    .hasMessageContaining("it is not told");
        }

        @Test
        void a_full_page_is_all_if_the_total_says_so() {
            Api.answer(server, first(), "\"total\": 3", 1, 2, 3);

            assertThat(ids(ANNOUNCED)).containsExactly("1", "2", "3");
        }

        @Test
        void every_way_needs_something_that_announces() {
            RestSettings settings = Sources.read(Api.source(
                    server, "paging: {type: announced, ways: [{type: page, parameter: page}, {type: link}, x]}"));

            assertThat(settings.problems())
                    .extracting(problem -> problem.path())
                    .containsExactly(
                            "endpoints[0].paging.ways[0].type",
                            "endpoints[0].paging.ways[1].type",
                            "endpoints[0].paging.ways[2]");
        }
    }

    @Nested
    class by_links {
        @Test
        void follows_the_header() {
            server.stubFor(get("/users?limit=2")
                    .willReturn(okJson(Api.page("", 1, 2))
                            .withHeader(
                                    "Link",
                                    "</users?p=0>; rel=\"prev\"; title=\"a, b; rel=next\"",
                                    "</users?c=x%2By>;rel=\"last NEXT\", </x>; rel=first")));
            server.stubFor(get("/users?c=x%2By").willReturn(okJson(Api.page("", 3))));

            assertThat(ids("{type: link, size: {parameter: limit, value: 2}}")).containsExactly("1", "2", "3");
        }

        @Test
        void follows_an_address_in_the_body() {
            Api.answer(server, get("/users"), "\"links\": {\"next\": \"?page=2\"}", 1);
            Api.answer(server, get("/users?page=2"), "\"links\": {\"next\": null}", 2);

            assertThat(ids("{type: next-url, next: /links/next}")).containsExactly("1", "2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{push pull}", "50%", "Jos\u00e9", "a|b^c"})
        void follows_a_url_that_is_not_encoded(String text) {
            server.stubFor(get(urlPathEqualTo("/users"))
                    .willReturn(okJson(Api.page("\"next\": \"/users?q=" + text + "&page=2\"", 1))));
            server.stubFor(get(urlPathEqualTo("/users"))
                    .withQueryParam("page", equalTo("2"))
                    .withQueryParam("q", equalTo(text))
                    .willReturn(okJson(Api.page("", 2))));

            assertThat(ids("{type: next-url, next: /next}")).containsExactly("1", "2");
        }

        /** The JDK's client makes a character of each byte of a header. */
        @Test
        void follows_a_header_with_letters_in_UTF_8() {
            String bytes = new String("</users?q=Jos\u00e9&page=2>; rel=next".getBytes(UTF_8), ISO_8859_1);
            try (RawServer raw = new RawServer(RawServer.listening(), (socket, out) -> {
                String request = RawServer.readRequest(socket.getInputStream());
                boolean first = !request.contains("page=2");
                String link = first ? "Link: " + bytes + "\r\n" : "";
                String body = request.startsWith("GET /users?q=Jos%C3%A9&page=2 ")
                        ? Api.page("", 2)
                        : first ? Api.page("", 1) : "";
                out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n" + link + "Content-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(ISO_8859_1));
            })) {
                String source = Api.source(server, "paging: {type: link}")
                        .replace(Integer.toString(server.getPort()), Integer.toString(raw.port()));

                assertThat(Sources.ids(Sources.fetch(Sources.connector(source))))
                        .containsExactly("1", "2");
            }
        }

        @Test
        void quotes_a_url_that_is_none() {
            Api.answer(server, get("/users"), "\"next\": \"http://[\"", 1);

            assertThat(failure("{type: next-url, next: /next}"))
                    .hasMessageContaining("the URL of the next page, 'http://[', is not valid");
        }

        @Test
        void fails_when_an_address_comes_again() {
            Api.answer(server, get("/users"), "\"next\": \"/users?a=1\"", 1);
            Api.answer(server, get("/users?a=1"), "\"next\": \"/users?a=1\"", 2);

            assertThat(failure("{type: next-url, next: /next}").problem().code())
                    .isEqualTo("repeated-token");
        }

        @Test
        void fails_when_the_address_is_no_text() {
            Api.answer(server, get("/users"), "\"next\": {\"href\": \"/users\"}", 1);

            assertThat(failure("{type: next-url, next: /next}"))
                    .hasMessageContaining("expected a text at /next, was an object");
        }
    }

    @Nested
    class by_cursor {
        private static final String MORE = "{type: cursor, parameter: c, next: /next, hasMore: /more}";

        @ParameterizedTest
        @ValueSource(strings = {"\"more\": true", "\"more\": \"yes\", \"next\": null", "\"more\": 1, \"next\": \"\""})
        void that_is_missing_although_there_is_more_is_no_end(String beside) {
            Api.answer(server, get("/users"), beside, 1);

            assertThat(failure(MORE)).hasMessageContaining("/more says, and no cursor is at /next");
        }

        @Test
        void that_stays_although_there_is_more_is_no_end() {
            Api.answer(server, get("/users"), "\"more\": true, \"next\": \"a\"", 1);
            Api.answer(server, get("/users?c=a"), "\"more\": true, \"next\": \"a\"");

            assertThat(failure(MORE).problem().code()).isEqualTo("repeated-token");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"more\": false, \"next\": \"b\"", "\"more\": 0", "\"next\": null", ""})
        void ends_by_what_is_declared(String beside) {
            Api.answer(server, get("/users"), "\"more\": true, \"next\": \"a\"", 1);
            Api.answer(server, get("/users?c=a"), beside, 2);

            assertThat(ids(MORE)).containsExactly("1", "2");
        }
    }

    /** Statuses past the last page, for every way of paging. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: page, parameter: p, end: [404]}",
                "{type: offset, parameter: p, end: [404, 204]}",
                "{type: cursor, parameter: p, next: /next, end: [404]}",
                "{type: next-url, next: /url, end: 404}"
            })
    void a_status_past_the_last_page_is_the_end(String paging) {
        server.stubFor(
                get(urlPathEqualTo("/users")).willReturn(okJson(Api.page("\"next\": \"9\", \"url\": \"?p=9\"", 1))));
        for (String past : List.of("2", "1", "9")) {
            boolean first = past.equals("1") && paging.contains("type: page");
            server.stubFor(get(urlPathEqualTo("/users"))
                    .withQueryParam("p", equalTo(past))
                    .willReturn(first ? okJson(Api.page("", 1)) : aResponse().withStatus(404)));
        }

        assertThat(ids(paging)).containsExactly("1");
    }

    @Nested
    class the_position {
        @Test
        void may_stand_in_a_header() {
            Api.answer(server, get("/users").withHeader("X-Cursor", absent()), "\"next\": \"n\"", 1);
            Api.answer(server, get("/users").withHeader("X-Cursor", equalTo("n")), "\"next\": \"null\"", 2);

            assertThat(ids("{type: cursor, parameter: X-Cursor, next: /next, in: header}"))
                    .containsExactly("1", "2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"5\"", "5", "\"c-5\"", "12345678901234567890", "\"007\""})
        void comes_back_in_a_json_body_as_it_was_told(String cursor) {
            Api.answer(server, post("/users").withRequestBody(equalToJson("{}")), "\"next\": " + cursor, 1);
            Api.answer(
                    server, post("/users").withRequestBody(equalToJson("{\"cursor\": " + cursor + "}")), "\"n\": 1", 2);

            List<String> ids = Sources.ids(Sources.fetch(Sources.connector(Api.source(
                    server,
                    "body: {type: json, content: '{}'}\nmethod: POST\n"
                            + "paging: {type: cursor, parameter: cursor, next: /next, in: body}"))));

            assertThat(ids).containsExactly("1", "2");
        }

        @Test
        void may_stand_in_a_json_body() {
            String body = "body: {type: json, content: '{\"filter\": \"active\"}'}\nmethod: POST\n";
            Api.answer(
                    server,
                    post("/users")
                            .withRequestBody(
                                    equalToJson("{\"filter\": \"active\", \"page\": {\"number\": 1}, \"n\": 2}")),
                    "\"total\": 2",
                    1);
            Api.answer(
                    server,
                    post("/users")
                            .withRequestBody(
                                    equalToJson("{\"filter\": \"active\", \"page\": {\"number\": 2}, \"n\": 2}")),
                    "\"total\": 2",
                    2);

            List<String> ids = Sources.ids(Sources.fetch(Sources.connector(Api.source(
                    server,
                    body + "paging: {type: page, parameter: /page/number, totalPages: /total, in: body,"
                            + " size: {parameter: n, value: 2}}"))));

            assertThat(ids).containsExactly("1", "2");
        }

        @Test
        void takes_the_place_of_a_parameter_of_the_same_name() {
            server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(Api.page("\"pages\": 1", 1))));

            Sources.fetch(Sources.connector(Api.source(
                    server,
                    "parameters: {page: '9', a: '1'}\npaging: {type: page, parameter: page, totalPages: /pages}")));

            server.verify(
                    getRequestedFor(com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo("/users?page=1&a=1")));
        }
    }

    @Nested
    class a_list_that_does_not_end {
        @Test
        void is_stopped_at_the_most_pages() {
            Api.answer(server, start("0"), "", 1);
            Api.answer(server, start("1"), "", 2);
            Api.answer(server, start("2"), "", 3);

            assertThat(failure("{type: offset, parameter: start, maxPages: 2}").kind())
                    .isEqualTo(FailureKind.LIMIT_EXCEEDED);
        }

        @Test
        void is_stopped_at_the_most_records() {
            Api.answer(server, start("0"), "", 1, 2);
            Api.answer(server, start("2"), "", 3, 4);

            assertThat(failure("{type: offset, parameter: start, maxRecords: 3}")
                            .kind())
                    .isEqualTo(FailureKind.LIMIT_EXCEEDED);
        }

        @Test
        void is_stopped_at_the_most_bytes() {
            Api.answer(server, start("0"), "", 1, 2);
            Api.answer(server, start("2"), "", 3, 4);

            ConnectorException failure = failure("{type: offset, parameter: start, maxBytes: 50}");

            assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
            assertThat(failure).hasMessageContaining("more than 50 bytes in all");
        }

        @Test
        void is_stopped_when_single_people_go_round_in_circles() {
            server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson(Api.page("", 1))));

            assertThat(failure("{type: page, parameter: page}").problem().code())
                    .isEqualTo("repeated-page");
        }

        @Test
        void is_stopped_when_a_page_brings_nobody_new() {
            Api.answer(server, start("0"), "\"x\": 1", 1, 2, 3);
            Api.answer(server, start("3"), "\"x\": 2", 3, 1, 2);

            assertThat(failure("{type: offset, parameter: start}").problem().code())
                    .isEqualTo("repeated-page");
        }
    }

    @Test
    void a_person_on_two_pages_is_handed_out_twice_for_the_reader_to_judge() {
        Api.answer(server, start("0"), "\"more\": true", 1, 2);
        Api.answer(server, start("2"), "\"more\": false", 2, 3);

        assertThat(ids("{type: offset, parameter: start, hasMore: /more}")).containsExactly("1", "2", "2", "3");
    }
}
