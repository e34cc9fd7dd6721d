package dev.rollcall.elmo;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about ELMO; what every connector keeps is in the contract. */
class ElmoTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final String ADA = """
            {"id": "u1", "employeeNumber": "10000", "firstName": "Ada", "active": true, "manager": "u2",
             "position": "p1", "department": "/core/v1/departments/d1", "location": null}""";
    private static final String BOB = """
            {"id": "u2", "employeeNumber": "10001", "firstName": "Bob", "active": true, "manager": null,
             "position": "p9", "department": "d1", "location": "l1"}""";

    private final ElmoProvider provider = new ElmoProvider();

    @BeforeEach
    void grant() {
        server.stubFor(post("/oauth/token")
                .withFormParam("grant_type", equalTo("client_credentials"))
                .withFormParam("client_id", equalTo("rollcall"))
                .withFormParam("client_secret", equalTo("s3cret"))
                .willReturn(okJson("{\"access_token\": \"AT\", \"token_type\": \"Bearer\", \"expires_in\": 1800}")));
    }

    private static Settings settings(String... endpoints) {
        Settings.Builder builder = Settings.builder()
                .set("baseUrl", "http://127.0.0.1:" + server.getPort())
                .block(
                        "authorization",
                        Value.from(Map.of("clientId", "rollcall", "clientSecret", Secret.of("s3cret"))));
        return endpoints.length == 0
                ? builder.build()
                : builder.block("endpoints", Value.from(List.of(endpoints))).build();
    }

    private List<UserRecord> fetch(String... endpoints) {
        return fetch(settings(endpoints), UserQuery.all());
    }

    private List<UserRecord> fetch(Settings settings, UserQuery query) {
        List<UserRecord> users = new ArrayList<>();
        try (Connector connector = provider.create(settings, ConnectorContext.defaults());
                PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            while (pages.hasNext()) {
                users.addAll(pages.next().items());
            }
        }
        return users;
    }

    private static void serve(String path, String... rows) {
        server.stubFor(get("/core/v1/" + path + "?itemsPerPage=100")
                .withHeader("Authorization", equalTo("Bearer AT"))
                .willReturn(okJson("{\"data\": [" + String.join(", ", rows)
                        + "], \"metadata\": {\"itemsPerPage\": 100, \"page\": 1, \"totalItems\": " + rows.length
                        + ", \"lastPage\": 1}}")));
    }

    private static String text(UserRecord user, String column) {
        return user.value(column).text().orElse(user.value(column).toString());
    }

    @Test
    void users_come_with_what_they_refer_to() {
        serve("users", ADA, BOB);
        serve("positions", "{\"id\": \"p1\", \"title\": \"Analyst\"}");
        serve("departments", "{\"id\": \"d1\", \"title\": \"Engines\"}");
        serve("locations", "{\"id\": \"l1\", \"title\": \"Sydney\"}");

        List<UserRecord> users = fetch();

        UserRecord ada = users.get(0);
        assertThat(text(ada, "position.title")).isEqualTo("Analyst");
        assertThat(text(ada, "department.title")).isEqualTo("Engines");
        assertThat(text(ada, "manager.employeeNumber")).isEqualTo("10001");
        assertThat(ada.value("location").isEmpty()).isTrue();
        UserRecord bob = users.get(1);
        assertThat(text(bob, "location.title")).isEqualTo("Sydney");
        assertThat(bob.value("position")).isEqualTo(Value.absent());
        assertThat(bob.value("manager")).isEqualTo(Value.ofNull());
        server.verify(1, postRequestedFor(urlPathEqualTo("/oauth/token")));
        server.verify(0, getRequestedFor(urlPathMatching("/core/v1/(employees|legal-entities)")));
    }

    @Test
    void what_is_sensitive_comes_only_by_name() {
        serve("users", ADA);
        serve("employees", "{\"id\": \"u1\", \"employmentType\": \"CASUAL\"}");

        assertThat(text(fetch("users", "employees").get(0), "employee.employmentType"))
                .isEqualTo("CASUAL");
    }

    @Nested
    class one_user {
        private List<UserRecord> fetch(String primaryKey, String key) {
            Settings settings = Settings.builder()
                    .set("baseUrl", "http://127.0.0.1:" + server.getPort())
                    .block(
                            "authorization",
                            Value.from(Map.of("clientId", "rollcall", "clientSecret", Secret.of("s3cret"))))
                    .block("endpoints", Value.from(List.of("users", "positions")))
                    .block("primaryKey", Value.of(primaryKey))
                    .build();
            serve("positions", "{\"id\": \"p1\", \"title\": \"Analyst\"}");
            return ElmoTest.this.fetch(settings, UserQuery.byKeys(List.of(key)));
        }

        @Test
        void is_found_by_id_with_what_it_refers_to() {
            server.stubFor(get("/core/v1/users/u%2F1").willReturn(okJson(ADA.replace("u1", "u/1"))));

            assertThat(fetch("id", "u/1"))
                    .singleElement()
                    .satisfies(ada -> assertThat(text(ada, "position.title")).isEqualTo("Analyst"));
        }

        @Test
        void who_is_a_stranger_is_nobody() {
            assertThat(fetch("id", "u9")).isEmpty();
        }

        @Test
        void is_found_by_the_whole_of_an_e_mail_address() {
            String ada = "{\"id\": \"u1\", \"email\": \"Ada@example.test\", \"position\": null}";
            server.stubFor(get("/core/v1/users?itemsPerPage=100&email=ada%40example.test")
                    .willReturn(okJson("{\"data\": [" + ada.replace("Ada", "x.ada") + ", " + ada + "],"
                            + " \"metadata\": {\"page\": 1, \"lastPage\": 1, \"totalItems\": 2}}")));

            assertThat(fetch("email", "ada@example.test"))
                    .extracting(user -> text(user, "email"))
                    .containsExactly("Ada@example.test");
        }

        @Test
        void is_not_looked_for_by_employee_number() {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> fetch("employeeNumber", "10000"))
                            .kind())
                    .isEqualTo(FailureKind.UNSUPPORTED);
        }
    }

    @Test
    void the_token_may_be_asked_for_in_json() {
        server.resetMappings(); // nobody reads a form
        server.stubFor(post("/oauth/token")
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("""
                        {"grant_type": "client_credentials", "client_id": "rollcall", "client_secret": "s3cret"}"""))
                .willReturn(okJson("{\"access_token\": \"AT\", \"token_type\": \"Bearer\", \"expires_in\": 1800}")));
        serve("users", ADA);
        Value.Fields authorization = (Value.Fields) settings().block("authorization");
        Settings json = Settings.of(settings("users")
                .source()
                .with("authorization", authorization.with("clientAuthentication", Value.of("json"))));

        assertThat(fetch(json, UserQuery.all())).hasSize(1);
    }

    @Nested
    class a_list {
        @Test
        void goes_on_to_the_last_page() {
            server.stubFor(get("/core/v1/users?itemsPerPage=100")
                    .willReturn(okJson("{\"data\": [" + ADA + "], \"metadata\": {\"page\": 1, \"lastPage\": 2}}")));
            server.stubFor(get("/core/v1/users?itemsPerPage=100&page=2")
                    .willReturn(okJson("{\"data\": [" + BOB + "], \"metadata\": {\"page\": 2, \"lastPage\": 2}}")));

            assertThat(fetch("users")).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"hydra:", ""})
        void may_be_json_ld(String prefix) {
            String shape = "{\"@context\": \"/contexts/User\", \"%1$smember\": [%2$s], \"%1$stotalItems\": 2,"
                    + " \"%1$sview\": {\"@type\": \"PartialCollectionView\"%3$s}}";
            server.stubFor(get("/core/v1/users?itemsPerPage=100")
                    .willReturn(okJson(shape.formatted(
                            prefix, ADA, ", \"" + prefix + "next\": \"/core/v1/users?itemsPerPage=100&page=2\""))));
            server.stubFor(
                    get("/core/v1/users?itemsPerPage=100&page=2").willReturn(okJson(shape.formatted(prefix, BOB, ""))));

            assertThat(fetch("users")).hasSize(2);
        }

        @Test
        void may_be_bare() {
            server.stubFor(get("/core/v1/users?itemsPerPage=100").willReturn(okJson("[" + ADA + ", " + BOB + "]")));

            assertThat(fetch("users")).hasSize(2);
        }

        @Test
        void that_says_that_there_is_more_but_not_where_is_not_whole() {
            server.stubFor(get("/core/v1/users?itemsPerPage=100")
                    .willReturn(okJson("{\"member\": [" + ADA + "], \"totalItems\": 2}")));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> fetch("users")))
                    .hasMessageContaining("1 of 2 records came");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, null, TRUE",
        "true, '\"2026-11-23\"', TRUE",
        "true, '\"2026-11-22\"', FALSE",
        "true, '\"2027-01-01\"', TRUE",
        "false, null, FALSE",
        "false, '\"2027-01-01\"', FALSE",
    })
    void a_user_is_active_up_to_the_last_day(String active, String endDate, Truth expected) {
        serve("users", "{\"active\": " + active + ", \"endDate\": " + endDate + "}");
        Value.Fields user = fetch("users").get(0).fields();
        Condition condition = Condition.parse(provider.descriptor().active().orElseThrow());

        assertThat(condition.test(Evaluation.of(Scope.of(Map.of("record", user)))
                        .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))))
                .isEqualTo(expected);
    }

    /** At this instant it is the 24th in Sydney, and the 23rd in Perth, in Los Angeles and in UTC. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "2026-11-23T00:00:00+11:00 | -                | UTC                 | TRUE",
                "2026-11-22T00:00:00+11:00 | -                | UTC                 | FALSE",
                "2026-11-23T00:00:00+11:00 | -                | Australia/Sydney    | FALSE",
                "2026-11-24T00:00:00+11:00 | -                | Australia/Sydney    | TRUE",
                "2026-11-23T13:00:00Z      | -                | Australia/Sydney    | TRUE",
                "2026-11-24                | Australia/Sydney | UTC                 | TRUE",
                "2026-11-23                | Australia/Sydney | UTC                 | FALSE",
                "2026-11-23T00:00:00+00:00 | Australia/Sydney | UTC                 | FALSE",
                "2026-11-23T00:00:00+00:00 | Australia/Perth  | Australia/Sydney    | TRUE",
                "2026-11-23T23:59:59+11:00 | ''               | America/Los_Angeles | TRUE",
                "-                         | Nowhere          | UTC                 | TRUE",
            })
    void the_last_day_ends_in_the_zone_of_the_user_or_of_the_run(
            String endDate, String timezone, String zone, Truth expected) {
        Map<String, Object> user = new HashMap<>();
        user.put("active", true);
        user.put("endDate", endDate);
        user.put("timezone", timezone);
        Condition condition = Condition.parse(provider.descriptor().active().orElseThrow());

        assertThat(condition.test(Evaluation.of(Scope.of(Map.of("record", (Value.Fields) Value.from(user))))
                        .clock(Clock.fixed(Instant.parse("2026-11-23T15:30:00Z"), ZoneOffset.UTC))
                        .zone(ZoneId.of(zone))))
                .isEqualTo(expected);
    }

    @Test
    void the_address_is_asked_for_and_the_token_is_fetched_at_its_origin() {
        assertThat(provider.check(Settings.none()))
                .extracting(Problem::path)
                .as("and not the addresses that are made of it")
                .containsExactlyInAnyOrder(
                        "settings.baseUrl",
                        "authorization.tokenUrl",
                        "authorization.clientId",
                        "authorization.clientSecret");
        Settings settings = Settings.builder()
                .set("baseUrl", "https://api.elmo.test:8443/tenant")
                .build();

        assertThat(((Value.Fields) provider.presets(settings).block().get("authorization")).get("tokenUrl"))
                .isEqualTo(Value.of("https://api.elmo.test:8443/oauth/token"));
        server.verify(0, getRequestedFor(anyUrl()));
    }
}
