package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.joins.CallJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JoinTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static void answer(String path, String rows) {
        server.stubFor(get(urlPathEqualTo(path)).willReturn(okJson("{\"data\": [" + rows + "]}")));
    }

    private static String source(String... endpoints) {
        return "settings: {baseUrl: 'http://127.0.0.1:" + server.getPort() + "'}\nprimaryKey: id\nendpoints:\n"
                + "  - {name: users, url: '${settings.baseUrl}/users', records: /data}\n"
                + List.of(endpoints).stream()
                        .map(endpoint -> "  - {" + endpoint + "}\n")
                        .collect(Collectors.joining());
    }

    private static String list(String name, String more) {
        return "name: " + name + ", url: '${settings.baseUrl}/" + name + "', records: /data, request: {retries: 0}"
                + more;
    }

    private static String calls(String more) {
        return "name: details, for: users, url: '${settings.baseUrl}/users/${record.id}/details', request: {retries: 0}"
                + more;
    }

    private static List<UserRecord> fetch(String yaml) {
        return Sources.fetch(Sources.connector(yaml));
    }

    private static ConnectorException failure(String yaml) {
        return catchThrowableOfType(ConnectorException.class, () -> fetch(yaml));
    }

    private static List<String> problems(String yaml) {
        return Sources.read(yaml).problems().stream().map(Problem::path).toList();
    }

    @Test
    void the_documented_source_joins_as_documented() {
        server.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": []}")));
        server.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam("page", equalTo("1"))
                .willReturn(okJson("""
                {"data": [{"id": 1, "first_name": "Ada", "department": 10}, {"id": 2, "first_name": "Al", "department": 11}]}""")));
        answer("/contractors", "{\"id\": \"c3\", \"department\": 10}");
        answer("/contracts", "{\"user_id\": \"2\", \"until\": \"2027\"}");
        answer("/departments", "{\"id\": 10, \"name\": \"Sales\"}, {\"id\": 11, \"name\": \"R&D\"}");
        server.stubFor(get(urlPathMatching("/users/./details")).willReturn(okJson("{\"phone\": \"555\"}")));
        server.stubFor(get(urlPathEqualTo("/badges")).willReturn(okJson("{\"data\": []}")));
        server.stubFor(get(urlPathEqualTo("/badges"))
                .withQueryParam("user", equalTo("c3"))
                .willReturn(okJson("{\"data\": [{\"number\": 9}]}")));

        List<UserRecord> records =
                fetch(Docs.configurations("rest-joins.md", server.getPort()).get(0));

        assertThat(Sources.ids(records)).containsExactly("1", "2", "c3");
        UserRecord al = records.get(1);
        assertThat(al.value("contracts.until")).isEqualTo(Value.of("2027"));
        assertThat(al.value("department.name")).isEqualTo(Value.of("R&D"));
        assertThat(al.value("details.phone")).isEqualTo(Value.of("555"));
        assertThat(al.value("badges")).isEqualTo(Value.of(List.of()));
        assertThat(records.get(0).value("contracts")).isEqualTo(Value.absent());
        assertThat(records.get(2).value("badges[0].number").text()).contains("9");
        assertThat(records.get(2).value("details")).isEqualTo(Value.absent());
        assertThat(records).allMatch(record -> record.fault().isEmpty());
    }

    @Nested
    class a_side_list {
        @Test
        void that_fails_makes_its_column_unknown_with_the_reason() {
            answer("/users", "{\"id\": 1}");
            server.stubFor(get("/contracts").willReturn(serverError()));

            UserRecord record = fetch(source(list("contracts", ""))).get(0);

            assertThat(record.value("contracts"))
                    .isInstanceOfSatisfying(
                            Value.Unknown.class,
                            unknown -> assertThat(unknown.reason())
                                    .contains("contracts")
                                    .contains("500"));
            assertThat(record.value("contracts.until")).isInstanceOf(Value.Unknown.class);
            assertThat(record.fault()).isEmpty();
        }

        @Test
        void that_fails_half_way_adds_nothing_that_it_told_before() {
            answer("/users", "{\"id\": 1}");
            server.stubFor(get("/contracts").willReturn(okJson("{\"data\": [{\"id\": 1, \"until\": 2027},")));

            assertThat(fetch(source(list("contracts", ""))).get(0).value("contracts"))
                    .isInstanceOf(Value.Unknown.class);
        }

        @Test
        void that_fails_and_is_required_ends_the_read() {
            answer("/users", "{\"id\": 1}");
            server.stubFor(get("/contracts").willReturn(serverError()));

            assertThat(failure(source(list("contracts", ", required: true"))).kind())
                    .isEqualTo(FailureKind.UNAVAILABLE);
        }

        @Test
        void without_a_row_for_a_record_leaves_the_column_absent() {
            answer("/users", "{\"id\": 1}, {\"id\": 2}, {\"name\": \"no key\"}");
            answer("/contracts", "{\"id\": \"1\", \"until\": 2027}, {\"until\": 2099}");

            List<UserRecord> records = fetch(source(list("contracts", "")));

            assertThat(records.get(0).value("contracts.until").text()).contains("2027");
            assertThat(records.get(1).value("contracts")).isEqualTo(Value.absent());
            assertThat(records.get(2).value("contracts")).isEqualTo(Value.absent());
        }

        @Test
        void that_is_required_and_has_no_row_makes_the_record_unusable() {
            answer("/users", "{\"id\": 1}, {\"id\": 2}");
            answer("/contracts", "{\"id\": 1}");

            List<UserRecord> records = fetch(source(list("contracts", ", required: true")));

            assertThat(records.get(0).fault()).isEmpty();
            assertThat(records.get(1).fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("contracts"));
        }

        @Test
        void with_two_rows_of_one_key_never_takes_the_first() {
            answer("/users", "{\"id\": 1}");
            answer("/contracts", "{\"id\": 1, \"n\": 1}, {\"id\": 1, \"n\": 2}");

            assertThat(fetch(source(list("contracts", ""))).get(0).value("contracts"))
                    .isInstanceOf(Value.Unknown.class);
            assertThat(fetch(source(list("contracts", ", many: true")))
                            .get(0)
                            .value("contracts[1].n")
                            .text())
                    .contains("2");
        }

        @Test
        void is_looked_up_by_what_the_record_says_and_nothing_stays_its_kind_of_nothing() {
            answer("/users", """
                    {"id": 1, "dept": 10}, {"id": 2, "dept": null}, {"id": 3}, {"id": 4, "dept": 99},
                    {"id": 5, "dept": [10, 11]}, {"id": 6, "dept": {"id": 10}}""");
            answer("/depts", "{\"id\": \"10\", \"name\": \"Sales\"}, {\"id\": 11, \"name\": \"R&D\"}");

            List<UserRecord> records = fetch(source(list("depts", ", key: id, lookup: record.dept, as: dept")));

            assertThat(records.get(0).value("dept.name")).isEqualTo(Value.of("Sales"));
            assertThat(records.get(1).value("dept")).isEqualTo(Value.ofNull());
            assertThat(records.get(2).value("dept")).isEqualTo(Value.absent());
            assertThat(records.get(3).value("dept")).isEqualTo(Value.absent());
            assertThat(records.get(4).value("dept[1].name")).isEqualTo(Value.of("R&D"));
            assertThat(records.get(5).value("dept")).isInstanceOf(Value.Unknown.class);
        }

        @Test
        void is_read_once_for_all_pages() {
            server.stubFor(
                    get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": [{\"id\": 1}], \"next\": \"2\"}")));
            server.stubFor(get(urlPathEqualTo("/users"))
                    .withQueryParam("c", equalTo("2"))
                    .willReturn(okJson("{\"data\": [{\"id\": 2}]}")));
            answer("/contracts", "");

            fetch(source(list("contracts", ""))
                    .replace("records: /data}", "records: /data, paging: {type: cursor, parameter: c, next: /next}}"));

            server.verify(2, getRequestedFor(urlPathEqualTo("/users")));
            server.verify(1, getRequestedFor(urlPathEqualTo("/contracts")));
        }
    }

    @Nested
    class a_call_for_each_record {
        @Test
        void that_fails_makes_the_column_of_this_record_unknown() {
            answer("/users", "{\"id\": 1}, {\"id\": 2}, {\"id\": 3}");
            server.stubFor(get("/users/1/details").willReturn(okJson("{\"a\": 1}")));
            server.stubFor(get("/users/2/details").willReturn(serverError()));
            server.stubFor(get("/users/3/details").willReturn(notFound()));

            List<UserRecord> records = fetch(source(calls("")));

            assertThat(records.get(0).value("details.a").text()).contains("1");
            assertThat(records.get(1).value("details")).isInstanceOf(Value.Unknown.class);
            assertThat(records.get(2).value("details")).isEqualTo(Value.absent());
            assertThat(records).allMatch(record -> record.fault().isEmpty());
        }

        @Test
        void that_fails_and_is_required_makes_this_record_unusable_and_no_other() {
            answer("/users", "{\"id\": 1}, {\"id\": 2}");
            server.stubFor(get("/users/1/details").willReturn(serverError()));
            server.stubFor(get("/users/2/details").willReturn(okJson("{\"a\": 1}")));

            List<UserRecord> records = fetch(source(calls(", required: true")));

            assertThat(records.get(0).fault())
                    .hasValueSatisfying(fault -> assertThat(fault).contains("500"));
            assertThat(records.get(0).value("id").text()).contains("1");
            assertThat(records.get(1).fault()).isEmpty();
        }

        @Test
        void is_not_made_without_a_value_for_its_address() {
            answer("/users", "{\"id\": 1, \"ref\": null}");

            UserRecord record = fetch(source(
                            "name: d, for: users, url: '${settings.baseUrl}/d/${record.ref}', request: {retries: 0}"))
                    .get(0);

            assertThat(record.value("d")).isEqualTo(Value.absent());
            server.verify(1, getRequestedFor(anyUrl()));
        }

        @Test
        void cannot_be_led_elsewhere_by_what_a_record_holds() {
            answer("/users", "{\"id\": \"1/../../x?a=b#\"}, {\"id\": \"..\"}");
            server.stubFor(get(urlPathMatching("/users/1.*/details")).willReturn(okJson("{}")));

            List<UserRecord> records = fetch(source(calls("")));

            server.verify(getRequestedFor(urlPathEqualTo("/users/1%2F..%2F..%2Fx%3Fa%3Db%23/details")));
            assertThat(records.get(1).value("details")).isInstanceOf(Value.Unknown.class);
            server.verify(2, getRequestedFor(anyUrl()));
        }

        @Test
        void uses_what_an_earlier_endpoint_added_and_is_not_made_with_what_is_not_known() {
            answer("/users", "{\"id\": 1}");
            server.stubFor(get("/users/1/details").willReturn(serverError()));

            UserRecord record = fetch(
                            source(
                                    calls(""),
                                    "name: more, for: users, url: '${settings.baseUrl}/more/${record.details.ref}', request: {retries: 0}"))
                    .get(0);

            assertThat(record.value("more")).isInstanceOf(Value.Unknown.class);
            server.verify(0, getRequestedFor(urlPathMatching("/more.*")));
        }

        @Test
        void is_given_up_after_many_failures_in_a_row() {
            answer(
                    "/users",
                    IntStream.range(0, 50).mapToObj(i -> "{\"id\": " + i + "}").collect(Collectors.joining(",")));
            server.stubFor(get(urlPathMatching("/users/.*")).willReturn(serverError()));

            List<UserRecord> records = fetch(source(calls("")));

            assertThat(records).hasSize(50).allMatch(record -> record.value("details") instanceof Value.Unknown);
            server.verify(CallJoin.GIVE_UP_AFTER, getRequestedFor(urlPathMatching("/users/.*")));
        }

        @Test
        void runs_beside_others_and_keeps_the_order() {
            answer(
                    "/users",
                    IntStream.range(0, 40).mapToObj(i -> "{\"id\": " + i + "}").collect(Collectors.joining(",")));
            server.stubFor(get(urlPathMatching("/users/.*"))
                    .willReturn(aResponse().withFixedDelay(50).withBody("{\"a\": 1}")));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                long start = System.nanoTime();
                List<UserRecord> records = Sources.fetch(Sources.connector(
                        source(calls(", concurrency: 8")),
                        new Sources.NoWaiting(),
                        ConnectorContext.defaults().executor(threads)));

                assertThat(Sources.ids(records))
                        .containsExactlyElementsOf(IntStream.range(0, 40)
                                .mapToObj(Integer::toString)
                                .toList());
                assertThat(records)
                        .allMatch(record -> record.value("details.a").text().isPresent());
                assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(40 * 50);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Nested
    class a_union {
        @Test
        void lists_more_persons_as_a_list_of_its_own() {
            answer("/users", "{\"id\": 1}");
            answer("/guests", "{\"id\": 2}");
            List<String> lists = new ArrayList<>();
            try (PageIterator<UserRecord> pages =
                    Sources.connector(source(list("guests", ", union: true"))).fetchUsers(UserQuery.all())) {
                while (pages.hasNext()) {
                    Page<UserRecord> page = pages.next();
                    lists.add(page.list() + (page.isLast() ? ", the last" : ""));
                }
            }

            assertThat(lists).containsExactly("users, the last", "guests, the last");
        }

        @Test
        void that_fails_makes_the_read_incomplete() {
            answer("/users", "{\"id\": 1}");
            server.stubFor(get("/guests").willReturn(serverError()));

            assertThat(failure(source(list("guests", ", union: true"))).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }

        @Test
        void is_asked_for_a_key_too() {
            server.stubFor(get("/users/7").willReturn(notFound()));
            server.stubFor(get("/guests/7").willReturn(okJson("{\"id\": 7}")));
            String yaml = source(list(
                            "guests", ", union: true, one: {url: '${settings.baseUrl}/guests/${key}', records: ''}"))
                    .replace(
                            "records: /data}",
                            "records: /data, one: {url: '${settings.baseUrl}/users/${key}', records: ''}}");

            assertThat(Sources.ids(Sources.fetch(Sources.connector(yaml), UserQuery.byKeys(List.of("7")))))
                    .containsExactly("7");
        }
    }

    @Test
    void what_makes_no_sense_is_told_by_name() {
        assertThat(problems(source(list("a", ", union: true, required: false"))))
                .containsExactly("endpoints[1].required");
        assertThat(problems(source(calls(", key: id")))).containsExactly("endpoints[1].key");
        assertThat(problems(source("name: d, for: user, url: '${settings.baseUrl}/d'")))
                .containsExactly("endpoints[1].for");
        assertThat(problems(source(list("a", ", as: x"), list("b", ", as: x")))).containsExactly("endpoints[2].as");
        assertThat(problems(source(list("a", ", as: id")))).containsExactly("endpoints[1].as");
        assertThat(problems(source(list("a", ", lookup: settings.x")))).containsExactly("endpoints[1].lookup");
        assertThat(problems(source(list("a", "/${record.id}")
                        .replace("records: /data", "parameters: {q: '${record.id}'}")
                        .replace("/${record.id}", ""))))
                .containsExactly("endpoints[1].parameters.q");
        assertThat(problems(source(list("a", "")).replace("primaryKey: id\n", "")))
                .containsExactly("endpoints[1].key");
        assertThat(problems(source(list("a", "")).replace("name: users,", "name: users, union: true,")))
                .containsExactly("endpoints[0].union");
        assertThat(problems(source(list("a", ", parameters: {since: '${run.lastSuccess}'}")) + "completeness: delta\n"))
                .containsExactly("endpoints[1].url");
    }
}
