package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageDoubtsTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static List<Page<UserRecord>> pages(String paging) {
        return read(Api.source(server, paging));
    }

    private static List<Page<UserRecord>> xml(String paging) {
        return read(Api.source(server, "response: {type: xml}\n" + paging).replace("/data", "/users/user"));
    }

    private static List<Page<UserRecord>> read(String source) {
        List<Page<UserRecord>> all = new ArrayList<>();
        try (PageIterator<UserRecord> pages = Sources.connector(source).fetchUsers(UserQuery.all())) {
            pages.forEachRemaining(all::add);
        }
        return all;
    }

    private static List<String> doubts(String paging) {
        return pages(paging).stream()
                .flatMap(page -> page.doubts().stream())
                .map(Problem::code)
                .toList();
    }

    private static int records(String paging) {
        return pages(paging).stream().mapToInt(page -> page.items().size()).sum();
    }

    private static String body(String around, int... ids) {
        String records =
                IntStream.of(ids).mapToObj(id -> "{\"id\": " + id + "}").collect(Collectors.joining(","));
        return "{" + (around.isEmpty() ? "" : around + ", ") + "\"data\": [" + records + "]}";
    }

    private static void page(String parameter, String value, ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam(parameter, value.isEmpty() ? absent() : equalTo(value))
                .willReturn(response));
    }

    private static void only(ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(response));
    }

    @Nested
    class a_status {
        @Test
        void other_than_200_is_a_doubt() {
            only(okJson(body("", 1)).withStatus(206));

            assertThat(doubts("paging: {type: none}")).containsExactly("status");
        }

        @Test
        void that_is_declared_is_none() {
            only(okJson(body("", 1)).withStatus(206));

            assertThat(doubts("paging: {type: none, statuses: [200, 206]}")).isEmpty();
        }

        @Test
        void of_204_past_the_first_page_ends_the_list() {
            page("page", "1", okJson(body("", 1, 2)));
            page("page", "2", aResponse().withStatus(204));

            assertThat(records("paging: {type: page, parameter: page}")).isEqualTo(2);
            assertThat(doubts("paging: {type: page, parameter: page}")).isEmpty();
        }

        @Test
        void of_204_on_the_first_page_is_a_failure() {
            only(aResponse().withStatus(204));

            assertThat(catchThrowableOfType(
                            ConnectorException.class, () -> pages("paging: {type: page, parameter: page}")))
                    .hasMessageContaining("empty body");
        }

        @Test
        void of_404_ends_the_list_only_if_that_is_declared() {
            page("start", "0", okJson(body("", 1, 2)));
            page("start", "2", aResponse().withStatus(404));

            assertThat(records("paging: {type: offset, parameter: start, end: [204, 404]}"))
                    .isEqualTo(2);
            assertThat(catchThrowableOfType(
                            ConnectorException.class, () -> pages("paging: {type: offset, parameter: start}")))
                    .hasMessageContaining("404");
        }
    }

    @Nested
    class an_empty_page_in_the_middle {
        private static final String PAGED = "paging: {type: page, parameter: page, totalPages: /pages";

        private void pages() {
            page("page", "1", okJson(body("\"pages\": 3", 1, 2)));
            page("page", "2", okJson(body("\"pages\": 3")));
            page("page", "3", okJson(body("\"pages\": 3", 5)));
        }

        @Test
        void is_a_doubt_where_pages_are_counted() {
            pages();

            assertThat(doubts(PAGED + "}")).containsExactly("empty-page");
        }

        @Test
        void is_none_if_the_application_has_such_pages() {
            pages();

            assertThat(doubts(PAGED + ", emptyPages: allow}")).isEmpty();
        }

        @Test
        void is_none_where_it_names_the_next_cursor() {
            page("cursor", "", okJson(body("\"next\": \"a\"", 1)));
            page("cursor", "a", okJson(body("\"next\": \"b\"")));
            page("cursor", "b", okJson(body("\"next\": null", 2)));

            assertThat(doubts("paging: {type: cursor, parameter: cursor, next: /next}"))
                    .isEmpty();
        }
    }

    @Nested
    class a_total {
        @ParameterizedTest
        @ValueSource(strings = {"none", "page, parameter: page", "cursor, parameter: cursor, next: /next", "link"})
        void is_noted_with_every_type_of_paging(String type) {
            page("page", "2", okJson(body("\"total\": 2")));
            only(okJson(body("\"total\": \"2\"", 1, 2)));
            page("page", "2", okJson(body("\"total\": 2")));

            assertThat(pages("paging: {type: " + type + ", total: /total}")
                            .get(0)
                            .total())
                    .isEqualTo(OptionalLong.of(2));
        }

        @Test
        void that_is_ignored_is_not() {
            only(okJson(body("\"total\": 7", 1, 2)));

            assertThat(pages("paging: {type: none, total: ignore}").get(0).total())
                    .isEmpty();
        }

        @Test
        void of_pages_that_changes_is_a_doubt() {
            page("page", "1", okJson(body("\"pages\": 3", 1, 2)));
            page("page", "2", okJson(body("\"pages\": 2", 4, 5)));

            assertThat(doubts("paging: {type: page, parameter: page, totalPages: /pages}"))
                    .containsExactly("total-changed");
        }
    }

    @Nested
    class a_total_in_a_header {
        private static final String LINKED = "</users?page=2>; rel=\"next\"";

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                X-Total-Count | 30
                x-total       | 30
                X-WP-Total    | ' 30 '
                Content-Range | users 0-1/30
                Content-Range | items=0-1/30
                Content-Range | */30
                """)
        void is_noted_with_every_page(String name, String value) {
            page("page", "1", okJson(body("", 1, 2)).withHeader(name, value));
            page("page", "2", okJson(body("")));

            // The unit of a range may be left out for a star only.
            OptionalLong total = value.startsWith("*") ? OptionalLong.empty() : OptionalLong.of(30);
            assertThat(pages("paging: {type: page, parameter: page}").get(0).total())
                    .isEqualTo(total);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "link",
                    "next-url, next: /next",
                    "offset, parameter: start",
                    "cursor, parameter: c, next: /next"
                })
        void is_noted_with_every_type_of_paging(String type) {
            only(okJson(body("", 1, 2)).withHeader("X-Total-Count", "2"));
            page("start", "2", okJson(body("")).withHeader("X-Total-Count", "0"));

            List<Page<UserRecord>> pages = pages("paging: {type: " + type + "}");

            assertThat(pages.get(0).total()).isEqualTo(OptionalLong.of(2));
            assertThat(pages.stream().skip(1)).allMatch(page -> page.total().isEmpty());
        }

        @ParameterizedTest
        @CsvSource({"Content-Range, bytes 0-99/1000", "Content-Range, items 0-1/*", "X-Total-Count, many", "X-Total, ''"
        })
        void that_is_no_number_of_records_is_none(String name, String value) {
            only(okJson(body("", 1, 2)).withHeader(name, value));

            assertThat(pages("paging: {type: link}").get(0).total()).isEmpty();
            assertThat(records("")).isEqualTo(2);
        }

        @Test
        void counts_less_than_the_pointer_of_the_configuration() {
            only(okJson(body("\"total\": 2", 1, 2)).withHeader("X-Total-Count", "30"));

            assertThat(pages("paging: {type: link, total: /total}").get(0).total())
                    .isEqualTo(OptionalLong.of(2));
            assertThat(pages("paging: {type: link, total: ignore}").get(0).total())
                    .isEmpty();
            assertThat(pages("paging: {type: none}").get(0).total()).isEmpty();
        }

        @Test
        void that_is_larger_than_a_list_without_paging_fails() {
            only(okJson(body("", 1, 2)).withHeader("Content-Range", "users 0-1/30"));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> pages("")))
                    .hasMessageContaining("the header Content-Range says 30");
        }

        @Test
        void that_is_not_reached_is_told_by_the_reading() {
            page("page", "", okJson(body("", 1, 2)).withHeader("Link", LINKED).withHeader("X-Total-Count", "30"));
            page("page", "2", okJson(body("", 3)).withHeader("X-Total-Count", "30"));
            ListReading reading = new ListReading();
            for (Page<UserRecord> page : pages("paging: {type: link}")) {
                reading.page(page);
                page.items().forEach(row -> reading.record(row.toString(), row.fingerprint()));
            }
            reading.end();

            assertThat(reading.doubts()).extracting(Problem::code).containsExactly("total-missed");
        }
    }

    @Nested
    class a_warning_in_a_header {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                Pardot-Warning | Max number of results reached when paginating beyond 100,000, results may be incomplete
                Warning        | 299 - "the list is truncated"
                warning        | 199 hr "only the first 1000 users are given"
                X-API-Warning  | result limit exceeded
                X-Warning      | Partial results: shard 3 did not answer
                """)
        void that_records_are_left_out_is_a_doubt(String name, String value) {
            only(okJson(body("", 1, 2)).withHeader(name, value));

            assertThat(doubts("paging: {type: none}")).containsExactly("warning-header");
            assertThat(pages("paging: {type: none}").get(0).doubts())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("the header " + name + " warns: " + value);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                Warning       | 299 - "this version is deprecated and ends in 2027"
                Warning       | 110 proxy "Response is Stale"
                X-Limit       | limit reached
                X-Warning-Url | https://example.test/truncated
                """)
        void about_something_else_is_none(String name, String value) {
            only(okJson(body("", 1, 2)).withHeader(name, value));

            assertThat(doubts("paging: {type: none}")).isEmpty();
        }

        @Test
        void is_left_to_a_rule_that_looks_at_the_header() {
            only(okJson(body("", 1, 2)).withHeader("X-Warning", "limit exceeded soon"));
            String rule = "errors: [{when: \"response.headers.x-warning == 'limit exceeded'\", kind: rejected}]";

            assertThat(doubts("paging: {type: none}\n" + rule)).isEmpty();
        }
    }

    @Nested
    class a_failure_beside_the_list {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"error\": \"rate limited\"",
                    "\"error\": {\"code\": 17}",
                    "\"errors\": [{\"message\": \"shard 3\"}]",
                    "\"success\": false",
                    "\"status\": 429",
                    "\"code\": \"500\"",
                    "\"status\": \"failed\"",
                    "\"incomplete_results\": true",
                    "\"timed_out\": true"
                })
        void is_a_doubt(String failure) {
            only(okJson(body(failure, 1, 2)));

            assertThat(doubts("paging: {type: none}")).containsExactly("error-object");
            only(okJson(body(failure)));

            assertThat(doubts("paging: {type: none}")).containsExactly("error-object");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"error\": null",
                    "\"error\": \"\"",
                    "\"errors\": []",
                    "\"success\": true",
                    "\"status\": 200",
                    "\"status\": \"ok\"",
                    "\"code\": 0",
                    "\"incomplete_results\": false",
                    "\"settings\": {\"error\": \"none of yours\"}"
                })
        void is_not_told_by_a_field_that_says_that_all_is_well(String field) {
            only(okJson(body(field, 1, 2)));

            assertThat(doubts("paging: {type: none}")).isEmpty();
        }

        @Test
        void is_left_to_a_rule_that_looks_at_the_field() {
            only(okJson(body("\"error\": {\"level\": \"warning\"}", 1, 2)));
            String rule = "errors: [{when: \"response.body.error.level == 'fatal'\", kind: rejected}]";

            assertThat(doubts("paging: {type: none}\n" + rule)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<users><error>timeout</error>%s</users>",
                    "<users><errors><error><text>timeout</text></error></errors>%s</users>",
                    "<users>%s<success>false</success></users>"
                })
        void is_a_doubt_in_xml(String body) {
            only(okXml(body.formatted("<user><id>1</id></user>")));

            assertThat(xml("paging: {type: none}").get(0).doubts())
                    .extracting(Problem::code)
                    .containsExactly("error-object");
        }
    }

    @Nested
    class counted_pages {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{type: page, parameter: page, totalPages: /page} | \"page\": 1, \"pages\": 2, \"total_pages\": 2",
                    "{type: page, parameter: page, totalPages: /pages} | \"pages\": 1, \"total\": 110",
                    "{type: offset, parameter: start, hasMore: /before} | \"before\": false, \"has_next\": true",
                    "{type: offset, parameter: start, total: /count} | \"count\": 2, \"total\": 110"
                })
        void that_end_while_the_response_announces_more_are_in_doubt(String pagingAndWords) {
            String[] parts = pagingAndWords.split(" \\| ");
            only(okJson(body(parts[1], 1, 2)));

            assertThat(doubts("paging: " + parts[0])).containsExactly("next-not-found");
        }
    }

    @Nested
    class a_link_header {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "</users?page=2>; rel='next'",
                    "</users?page=2>; rel=next",
                    "</users?page=2>; rel=\"http://www.iana.org/assignments/relation/next\"",
                    "</users?page=2>; title=\"a, b\"; rel=\"last next\""
                })
        void is_read_as_applications_write_it(String header) {
            only(okJson(body("", 1)).withHeader("Link", header));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> pages("")))
                    .hasMessageContaining("a Link header has the relation next");
        }

        @Test
        void that_cannot_be_read_is_a_doubt() {
            only(okJson(body("", 1, 2)).withHeader("Link", "rel=next; /users?page=2"));

            assertThat(doubts("paging: {type: link}")).containsExactly("next-not-found");
        }
    }

    @Nested
    class paging_that_is_not_configured {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"@odata.nextLink\": \"http://x/users?$skip=2\"",
                    "\"nextRecordsUrl\": \"/services/data/query/01g-2000\"",
                    "\"has_more\": true",
                    "\"done\": false",
                    "\"total\": 12",
                    "\"meta\": {\"totalCount\": 3}",
                    "\"paging\": {\"hasMore\": \"true\"}",
                    "\"links\": {\"next\": \"/users?page=2\"}",
                    "\"_links\": {\"next\": {\"href\": \"/users?page=2\"}}",
                    "\"pagination\": {\"total_pages\": 2}",
                    "\"next_page_token\": \"abc\"",
                    "\"next\": \"p2\"",
                    "\"next\": 2",
                    "\"paging\": {\"next_offset\": 20}"
                })
        void fails_where_the_response_announces_more(String word) {
            only(okJson(body(word, 1, 2)));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> pages("")))
                    .hasMessageContaining("no paging is configured")
                    .hasMessageContaining("configure paging");
            assertThat(records("paging: {type: none}")).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<users total='12'>%s</users>",
                    "<users hasMore='true'>%s</users>",
                    "<users>%s<nextPage>2</nextPage></users>",
                    "<users>%s<next-cursor><![CDATA[abc]]></next-cursor></users>",
                    "<users><link rel='next' href='http://x/users?page=2'/>%s</users>",
                    "<users><paging><totalPages> 2 </totalPages></paging>%s</users>"
                })
        void fails_where_xml_announces_more(String body) {
            only(okXml(body.formatted("<user><id>1</id></user><user><id>2</id></user>")));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> xml("")))
                    .hasMessageContaining("no paging is configured")
                    .hasMessageContaining("announces more: /users");
            assertThat(xml("paging: {type: none}").get(0).items()).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<users total='2' hasMore='false' next=''>%s</users>",
                    "<users>%s<done>true</done><link rel='self' href='http://x/users'/></users>",
                    "<users><settings><more>true</more></settings>%s</users>"
                })
        void is_fine_where_xml_announces_nothing_more(String body) {
            only(okXml(body.formatted("<user><id>1</id></user><user><id>2</id></user>")));

            assertThat(xml("").get(0).items()).hasSize(2);
        }

        private List<Page<UserRecord>> at(String records, String paging) {
            return read(Api.source(server, paging).replace("records: /data", "records: '" + records + "'"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        '' | [{"id": 1}, {"id": 2}, {"nextPage": "/users?page=2"}]      | /2/nextPage
                        '' | [{"has_more": true, "next": "p2"}, {"id": 1}, {"id": 2}]   | /0/has_more
                        '' | [{"id": 1}, {"id": 2}, {"paging": {"next": "p2"}}]         | /2/paging/next
                        /0/data | [{"data": [{"id": 1}], "has_more": true}]             | /0/has_more
                        /0/data | [{"data": [{"id": 1}]}, {"has_more": true}]           | /1/has_more
                        /0 | [[{"id": 1}], {"next": "p2"}]                              | /1/next
                        /1 | [{"page": 1, "total": 12}, [{"id": 1}, {"id": 2}]]         | /0/total
                        /data | {"data": [{"id": 1}, {"id": 2}, {"nextLink": "p2"}]}    | /data/2/nextLink
                        """)
        void fails_where_another_element_of_an_array_announces_more(String records, String body, String path) {
            only(okJson(body));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> at(records, "")))
                    .hasMessageContaining("no paging is configured")
                    .hasMessageContaining("announces more: " + path);
            assertThat(at(records, "paging: {type: none}")).isNotEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        '' | [{"id": 1, "next": "p2", "has_more": true}, {"id": 2, "next": 3}]
                        '' | [{"next": "p2"}, {"next": "p3"}]
                        '' | [{"id": 1}, {"next": null, "has_more": false, "total": 2}]
                        '' | [{"id": 1}, {"total": 12, "name": "of the department"}]
                        '' | [{"id": 1}, {"settings": {"more": true}}]
                        /0/data | [{"data": [{"id": 1}], "has_more": false}, {"settings": {"more": true}}]
                        /data | {"data": [{"id": 1, "next": "p2"}], "others": [{"next": "p2"}, {"id": 1}]}
                        """)
        void is_fine_where_records_have_columns_of_such_names(String records, String body) {
            only(okJson(body));

            assertThat(at(records, "")).isNotEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<users>%s<user><nextPage>p2</nextPage></user></users>",
                    "<users><user hasMore='true'/>%s</users>",
                    "<users>%s<user><paging><next>p2</next></paging></user></users>"
                })
        void fails_where_an_element_of_the_xml_list_announces_more(String body) {
            only(okXml(body.formatted("<user><id>1</id></user><user><id>2</id><next>3</next></user>")));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> xml("")))
                    .hasMessageContaining("announces more: /users/user");
        }

        @Test
        void fails_with_a_link_header() {
            only(okJson(body("", 1)).withHeader("Link", "</users?page=2>; rel=\"next\""));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> pages("")))
                    .hasMessageContaining("Link header");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"total\": 2",
                    "\"has_more\": false",
                    "\"done\": true",
                    "\"next\": null",
                    "\"links\": {\"next\": \"\"}",
                    "\"settings\": {\"more\": true, \"total\": 5}",
                    "\"total_pages\": 1"
                })
        void is_fine_where_nothing_announces_more(String word) {
            only(okJson(body(word, 1, 2)));

            assertThat(records("")).isEqualTo(2);
        }
    }

    @Nested
    class a_next_pointer {
        @Test
        void that_finds_nothing_while_the_response_announces_more_is_a_doubt() {
            only(okJson(body("\"meta\": {\"has_more\": true}", 1, 2)));

            assertThat(doubts("paging: {type: cursor, parameter: cursor, next: /meta/next_curser}"))
                    .containsExactly("next-not-found");
            assertThat(doubts("paging: {type: next-url, next: /links/nxt}")).containsExactly("next-not-found");
            assertThat(doubts("paging: {type: link}")).containsExactly("next-not-found");
        }

        @Test
        void with_a_total_is_one_on_a_full_page_only() {
            only(okJson(body("\"total\": 9", 1, 2)));

            assertThat(doubts("paging: {type: cursor, parameter: c, next: /x, size: {parameter: limit, value: 2}}"))
                    .containsExactly("next-not-found");
            assertThat(doubts("paging: {type: cursor, parameter: c, next: /x, size: {parameter: limit, value: 3}}"))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{type: cursor, parameter: cursor, next: /data/next}",
                    "{type: next-url, next: /data}",
                    "{type: page, parameter: page, totalPages: /data/0/pages}",
                    "{type: none, total: /data/total}"
                })
        void into_the_records_is_a_configuration_error(String paging) {
            assertThat(catchThrowableOfType(
                                    dev.rollcall.connector.ConfigurationException.class,
                                    () -> pages("paging: " + paging))
                            .problems())
                    .extracting(Problem::code)
                    .containsExactly("within-records");
        }
    }

    @Nested
    class a_cursor {
        @Test
        void with_every_page_ends_where_it_is_said_that_there_is_no_more() {
            page("cursor", "", okJson(body("\"cursor\": \"a\", \"has_more\": true", 1)));
            page("cursor", "a", okJson(body("\"cursor\": \"b\", \"has_more\": false", 2)));
            page("cursor", "b", okJson(body("\"cursor\": \"b\", \"has_more\": false")));

            assertThat(records("paging: {type: cursor, parameter: cursor, next: /cursor, hasMore: /has_more}"))
                    .isEqualTo(2);
            assertThat(records("paging: {type: cursor, parameter: cursor, next: /cursor}"))
                    .isEqualTo(2);
        }
    }

    @Nested
    class an_error_in_the_place_of_the_list {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\": \"maintenance\"}",
                    "{\"id\": \"req-1\", \"errors\": [{\"code\": 7}]}",
                    "{\"success\": false, \"id\": 3}",
                    "{\"status\": \"error\"}"
                })
        void is_a_doubt(String error) {
            only(okJson("{\"data\": " + error + "}"));

            assertThat(doubts("paging: {type: none}")).containsExactly("error-object");
        }

        @Test
        void is_not_seen_in_a_user() {
            only(okJson("{\"data\": {\"id\": 3, \"error\": null, \"status\": \"active\"}}"));

            assertThat(doubts("paging: {type: none}")).isEmpty();
        }
    }

    @Nested
    class duplicates_that_are_allowed {
        @Test
        void are_left_out() {
            page("page", "1", okJson(body("", 1, 2)));
            page("page", "2", okJson(body("", 2, 3)));
            page("page", "3", okJson(body("")));

            assertThat(records("paging: {type: page, parameter: page, duplicates: allow}"))
                    .isEqualTo(3);
            assertThat(records("paging: {type: page, parameter: page}")).isEqualTo(4);
        }
    }
}
