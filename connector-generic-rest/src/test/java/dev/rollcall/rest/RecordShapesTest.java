package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists whose records are not plain elements of an array, and pages that go on after the last record. */
class RecordShapesTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static Endpoint.Builder people() {
        return Endpoint.get("people", "http://127.0.0.1:" + server.getPort() + "/people");
    }

    private static List<UserRecord> read(Endpoint.Builder endpoint) {
        List<UserRecord> records = new ArrayList<>();
        try (Connector people = RestConnector.builder()
                        .primaryKey("id")
                        .endpoint(endpoint.build())
                        .build();
                PageIterator<UserRecord> pages = people.fetchUsers(UserQuery.all())) {
            pages.forEachRemaining((Page<UserRecord> page) -> records.addAll(page.items()));
        }
        return records;
    }

    private static List<String> of(String column, List<UserRecord> records) {
        return records.stream()
                .map(record -> record.value(column).text().orElse(""))
                .toList();
    }

    @Nested
    class An_object_of_records {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "root | {\"17\": {\"id\": 1}, \"18\": {\"id\": 2}}",
                    "/  | {\"17\": {\"id\": 1}, \"18\": {\"id\": 2}}",
                    "/d | {\"d\": {\"17\": {\"id\": 1}, \"18\": {\"id\": 2}}, \"total\": 2}"
                })
        void gives_its_values_with_their_keys(String at, String json) {
            server.stubFor(get("/people").willReturn(okJson(json)));

            List<UserRecord> found =
                    read(people().records(at.equals("root") ? "" : at).recordsByKey());

            assertThat(of("id", found)).containsExactly("1", "2");
            assertThat(of("@key", found)).containsExactly("17", "18");
        }

        @Test
        void may_be_empty() {
            server.stubFor(get("/people").willReturn(okJson("{\"d\": {}}")));

            assertThat(read(people().records("/d").recordsByKey())).isEmpty();
        }

        @Test
        void holds_objects_only() {
            server.stubFor(get("/people").willReturn(okJson("{\"d\": {\"error\": \"down\"}}")));

            assertThat(catchThrowableOfType(
                            ConnectorException.class,
                            () -> read(people().records("/d").recordsByKey())))
                    .hasMessageContaining("expected an object at /d/error, was a text");
        }
    }

    @Nested
    class Records_within_their_elements {
        @Test
        void are_unwrapped() {
            server.stubFor(get("/people").willReturn(okJson("""
                    {"data": [{"user": {"id": 1}, "x": 1}, {"user": {"id": 2}}]}""")));

            assertThat(of("id", read(people().records("/data").recordsWithin("/user"))))
                    .containsExactly("1", "2");
        }

        @Test
        void must_be_there() {
            server.stubFor(get("/people").willReturn(okJson("""
                    {"data": [{"user": {"id": 1}}, {"person": {"id": 2}}]}""")));

            assertThat(catchThrowableOfType(
                            ConnectorException.class,
                            () -> read(people().records("/data").recordsWithin("/user"))))
                    .hasMessageContaining("expected an object at /data/1/user, nothing is there");
        }
    }

    @Test
    void words_for_nothing_are_null_in_every_column() {
        server.stubFor(get("/people").willReturn(okJson("""
                [{"id": 1, "phone": false, "left": "0000-00-00", "job": {"title": "N/A"}, "tags": ["N/A", "a"]}]""")));

        UserRecord only = read(people().nothing("false", "N/A", "0000-00-00")).get(0);

        assertThat(only.value("phone")).isEqualTo(Value.ofNull());
        assertThat(only.value("left")).isEqualTo(Value.ofNull());
        assertThat(only.value("job.title")).isEqualTo(Value.ofNull());
        assertThat(only.value("tags")).isEqualTo(Value.of(List.of(Value.ofNull(), Value.of("a"))));
    }

    @Nested
    class Pages_after_the_last_record {
        private final Paging paging = Paging.lastRecord("after", "id").size("limit", 2);

        @Test
        void end_with_an_empty_page_and_not_with_a_short_one() {
            server.stubFor(get("/people?limit=2").willReturn(okJson("[{\"id\": 1}, {\"id\": 2}]")));
            server.stubFor(get("/people?limit=2&after=2").willReturn(okJson("[{\"id\": 3}]")));
            server.stubFor(get("/people?limit=2&after=3").willReturn(okJson("[{\"id\": 4}, {\"id\": 5}]")));
            server.stubFor(get("/people?limit=2&after=5").willReturn(okJson("[]")));

            assertThat(of("id", read(people().paging(paging)))).containsExactly("1", "2", "3", "4", "5");
        }

        @Test
        void end_where_the_application_says_so() {
            server.stubFor(get("/people?limit=2")
                    .willReturn(okJson("{\"data\": [{\"id\": 1}, {\"id\": 2}], \"has_more\": true}")));
            server.stubFor(get("/people?limit=2&after=2")
                    .willReturn(okJson("{\"data\": [{\"id\": 3}, {\"id\": 4}], \"has_more\": false}")));

            assertThat(of("id", read(people().records("/data").paging(paging.hasMore("/has_more")))))
                    .containsExactly("1", "2", "3", "4");
        }

        @Test
        void go_on_after_a_short_page_where_the_application_says_that_there_are_more() {
            server.stubFor(get("/people?limit=2").willReturn(okJson("{\"data\": [{\"id\": 1}], \"has_more\": true}")));
            server.stubFor(get("/people?limit=2&after=1")
                    .willReturn(okJson("{\"data\": [{\"id\": 2}], \"has_more\": false}")));

            assertThat(of("id", read(people().records("/data").paging(paging.hasMore("/has_more")))))
                    .containsExactly("1", "2");
        }

        @Test
        void need_the_column_in_the_last_record() {
            server.stubFor(get("/people?limit=2").willReturn(okJson("[{\"id\": 1}, {\"id\": 2}]")));

            assertThat(catchThrowableOfType(
                            ConnectorException.class,
                            () -> read(people().paging(
                                            Paging.lastRecord("after", "uuid").size("limit", 2)))))
                    .hasMessageContaining("the last record has no 'uuid'");
        }

        @Test
        void that_come_again_never_end_the_list() {
            server.stubFor(get("/people?limit=2").willReturn(okJson("[{\"id\": 1}, {\"id\": 2}]")));
            server.stubFor(get("/people?limit=2&after=2").willReturn(okJson("[{\"id\": 1}, {\"id\": 2}]")));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> read(people().paging(paging))))
                    .hasMessageContaining("the list would never end");
        }
    }
}
