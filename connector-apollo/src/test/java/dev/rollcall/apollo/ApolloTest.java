package dev.rollcall.apollo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Condition;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.rest.WebhookResult;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about Apollo; what every connector keeps is in the contract. */
class ApolloTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final ApolloProvider provider = new ApolloProvider();

    private static String application() {
        return "http://127.0.0.1:" + server.getPort();
    }

    private static Settings key(String baseUrl) {
        return Settings.builder()
                .set("baseUrl", baseUrl)
                .block("authorization", Value.from(Map.of("type", "api-key", "value", Secret.of("m4ster"))))
                .build();
    }

    private List<UserRecord> fetch(Settings settings) {
        List<UserRecord> users = new ArrayList<>();
        try (Connector connector = provider.create(settings, ConnectorContext.defaults());
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                users.addAll(pages.next().items());
            }
        }
        return users;
    }

    private ConnectorException failure() {
        return catchThrowableOfType(ConnectorException.class, () -> fetch(key(application())));
    }

    private static ResponseDefinitionBuilder page(int number, String... users) {
        return okJson("{\"pagination\": {\"page\": \"" + number
                + "\", \"per_page\": \"100\", \"total_entries\": 3, \"total_pages\": 2}, \"users\": ["
                + String.join(", ", users) + "]}");
    }

    private static String user(String id, String more) {
        return "{\"id\": \"" + id + "\", \"first_name\": \"Ada\", \"last_name\": null, \"name\": \"\", \"title\": null,"
                + " \"email\": \"ada@example.com\", \"subteam_ids\": []" + more + "}";
    }

    @ParameterizedTest
    @CsvSource({"''", "/api/v1"})
    void users_come_page_by_page_with_numbers_as_texts_and_names_that_are_null(String path) {
        server.stubFor(get("/api/v1/users/search?per_page=100&page=1")
                .withHeader("x-api-key", equalTo("m4ster"))
                .withHeader("Cache-Control", equalTo("no-cache"))
                .willReturn(page(1, user("a1", ""), user("a2", ""))));
        server.stubFor(get("/api/v1/users/search?per_page=100&page=2").willReturn(page(2, user("a3", ""))));

        List<UserRecord> users = fetch(key(application() + path));

        assertThat(users).extracting(user -> user.value("id").text().orElse("")).containsExactly("a1", "a2", "a3");
        assertThat(users.get(0).value("last_name")).isEqualTo(Value.ofNull());
    }

    @ParameterizedTest
    @CsvSource({"'{\"deleted\": true}', FALSE", "'{\"deleted\": false}', TRUE", "'{}', TRUE"})
    void a_user_is_active_until_deleted(String json, Truth active) {
        server.stubFor(get(urlPathEqualTo("/api/v1/users/search"))
                .willReturn(okJson("{\"pagination\": {\"total_pages\": 1}, \"users\": [" + json + "]}")));
        Value.Fields user = fetch(key(application())).get(0).fields();

        Condition condition = Condition.parse(provider.descriptor().active().orElseThrow());

        assertThat(condition.test(Evaluation.of(Scope.of(Map.of("record", user)))))
                .isEqualTo(active);
    }

    @Nested
    class a_refusal {
        @Test
        void may_be_a_line_of_text() {
            server.stubFor(get(urlPathEqualTo("/api/v1/users/search"))
                    .willReturn(aResponse()
                            .withStatus(401)
                            .withHeader("Content-Type", "text/plain")
                            .withBody("Invalid API key. See https://docs.example.test for more")));

            assertThat(failure().kind()).isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(failure()).hasMessageContaining("Invalid API key.");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                403 | {"error": "This API key is not authorized", "error_code": "API_INACCESSIBLE"} | FORBIDDEN | This API key
                403 | {"message": "This endpoint is only available on paid plans."}                 | FORBIDDEN | paid plans
                401 | {"error": "expired", "error_code": "INVALID_ACCESS_TOKEN"}                    | UNAUTHORIZED | expired
                422 | {"error": "Parameters misconfigured. X is not a valid ID"}                    | REJECTED | misconfigured
                """)
        void says_why(int status, String body, FailureKind kind, String words) {
            server.stubFor(get(urlPathEqualTo("/api/v1/users/search"))
                    .willReturn(okJson(body).withStatus(status)));

            assertThat(failure().kind()).isEqualTo(kind);
            assertThat(failure()).hasMessageContaining(words);
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "1200, -, 0, -, PT20M",
                    "-, 0, 0, -, PT24H",
                    "-, '', 0, -, PT1H",
                    "-, 17, 0, 0, PT1H",
                })
        void for_a_window_is_left_to_the_host(
                String retryAfter, String day, String hour, String minute, Duration wait) {
            ResponseDefinitionBuilder answer =
                    okJson("{\"message\": \"The maximum number of api calls\"}").withStatus(429);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("retry-after", retryAfter);
            headers.put("x-24-hour-requests-left", day);
            headers.put("x-hourly-requests-left", hour);
            headers.put("x-minute-requests-left", minute);
            headers.forEach((name, value) -> {
                if (value != null) {
                    answer.withHeader(name, value);
                }
            });
            server.stubFor(get(urlPathEqualTo("/api/v1/users/search")).willReturn(answer));

            ConnectorException failure = failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(failure.retryAfter()).hasValue(wait);
            server.verify(1, getRequestedFor(urlPathEqualTo("/api/v1/users/search")));
        }
    }

    @Nested
    class a_partner {
        @Test
        void sends_a_person_to_an_address_with_the_query_behind_the_hash() {
            Settings settings = Settings.builder()
                    .set("baseUrl", application())
                    .block(
                            "authorization",
                            Value.from(Map.of(
                                    "type",
                                    "oauth2",
                                    "clientId",
                                    "partner",
                                    "clientSecret",
                                    Secret.of("s"),
                                    "redirectUri",
                                    "http://127.0.0.1:8484/callback",
                                    "tokenUrl",
                                    application() + "/token")))
                    .build();
            server.stubFor(post("/token")
                    .withRequestBody(containing("client_id=partner"))
                    .withRequestBody(containing("client_secret=s"))
                    .willReturn(okJson("{\"access_token\": \"AT\", \"token_type\": \"Bearer\", \"expires_in\": 2592000,"
                            + " \"refresh_token\": \"RT\", \"created_at\": 1718366695}")));
            server.stubFor(get(urlPathEqualTo("/api/v1/users/search"))
                    .withHeader("Authorization", equalTo("Bearer AT"))
                    .willReturn(okJson("{\"pagination\": {\"total_pages\": 1}, \"users\": [{\"id\": \"a1\"}]}")));
            try (Connector connector = provider.create(settings, ConnectorContext.defaults())) {
                var send = (AuthorizationResult.SendPersonTo) connector.authorize(AuthorizationRequest.begin());
                assertThat(send.address().toString())
                        .startsWith("https://app.apollo.io/#/oauth/authorize?")
                        .contains("client_id=partner", "scope=users_list");

                String state = send.address().toString().replaceFirst(".*state=([^&]*).*", "$1");
                connector.authorize(AuthorizationRequest.finish(
                        URI.create("http://127.0.0.1:8484/callback?code=c&state=" + state)));

                assertThat(connector.fetchUsers(UserQuery.all()).next().items()).hasSize(1);
            }
        }
    }

    @Nested
    class webhooks {
        private final Value.Fields ada = (Value.Fields) Value.from(Map.of(
                "first_name",
                "Ada",
                "email",
                "ada@example.com",
                "name",
                "Ada",
                "contact_id",
                "c/1",
                "company",
                "Acme"));

        private WebhookCall rendered(String name) {
            Settings settings = Settings.builder().set("userId", "u1").build();
            return provider.webhook(name, Value.Fields.none(), settings)
                    .render(Evaluation.of(Scope.of(Map.of("record", ada.with("account_id", Value.of("o1")))))
                            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC)));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                create-contact | POST /contacts {"first_name":"Ada","email":"ada@example.com","run_dedupe":true}
                update-contact | PATCH /contacts/c%2F1 {"first_name":"Ada","email":"ada@example.com"}
                find-contact   | POST /contacts/search {"q_keywords":"ada@example.com","page":1,"per_page":100}
                create-account | POST /accounts {"name":"Acme","domain":"example.com"}
                update-account | PATCH /accounts/o1 {"name":"Acme","domain":"example.com"}
                create-task    | POST /tasks {"user_id":"u1","contact_id":"c/1","type":"action_item","status":"scheduled","due_at":"2026-11-23T10:00:00Z","title":"Ada"}
                """)
        void are_calls_on_contacts_accounts_and_tasks(String name, String expected) {
            WebhookCall call = rendered(name);

            assertThat(call.method() + " " + call.url().toString().replace("https://api.apollo.io/api/v1", "") + " "
                            + call.body().orElse(""))
                    .isEqualTo(expected);
        }

        private WebhookCall rendered(String name, String namespace, Map<String, String> values) {
            return provider.webhook(name, Value.Fields.none(), Settings.none())
                    .render(Evaluation.of(Scope.of(Map.of(namespace, (Value.Fields) Value.from(values))))
                            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC)));
        }

        @Test
        void need_no_more_than_an_entry_or_a_user_of_apollo_has() {
            Map<String, String> entry = Map.of("mail", "ada@example.com", "sn", "Lovelace", "cn", "Ada", "o", "Acme");
            assertThat(rendered("create-contact", "entry", entry).body())
                    .hasValue("{\"last_name\":\"Lovelace\",\"email\":\"ada@example.com\",\"run_dedupe\":true}");
            assertThat(rendered("create-account", "entry", entry).body())
                    .hasValue("{\"name\":\"Acme\",\"domain\":\"example.com\"}");
            Map<String, String> user =
                    Map.of("id", "u7", "email", "ada@example.com", "name", "Ada", "zp_contact_id", "c7");
            assertThat(rendered("update-contact", "record", user).url()).hasPath("/api/v1/contacts/c7");
            assertThat(rendered("create-task", "record", user).body().orElseThrow())
                    .contains("\"user_id\":\"u7\"", "\"contact_id\":\"c7\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"create-contact", "update-contact", "find-contact", "create-account"})
        void are_not_sent_for_somebody_without_an_address(String name) {
            assertThat(catchThrowableOfType(
                                    ConnectorException.class,
                                    () -> rendered(name, "record", Map.of("contact_id", "c1", "company", "Acme")))
                            .kind())
                    .isEqualTo(FailureKind.REJECTED);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "{\"contacts\": [{\"id\": \"x\", \"email\": \"xada@example.com\"}, {\"id\": \"c1\", \"email\": \"Ada@example.com\"}]} | true | c1",
                    "{\"contacts\": [{\"id\": \"x\", \"email\": \"xada@example.com\"}, {\"id\": \"y\", \"email\": null}]} | false | -",
                    "{\"contacts\": []} | false | -",
                    "{\"error\": \"no\"} | false | -",
                })
        void find_the_contact_with_this_address_and_no_other(String body, boolean found, String id) {
            WebhookResult result = provider.webhook("find-contact", Value.Fields.none(), Settings.none())
                    .judge(new WebhookResponse(200, Map.of(), body), Evaluation.of(Scope.of(Map.of("record", ada))));

            assertThat(result.isSuccess()).isEqualTo(found);
            assertThat(result.taken().get("id")).isEqualTo(id == null ? Value.absent() : Value.of(id));
        }

        @Test
        void are_those_that_the_descriptor_names() {
            Value.Fields presets =
                    (Value.Fields) provider.presets(Settings.none()).block().get("webhooks");

            assertThat(presets.asMap().keySet())
                    .containsExactlyElementsOf(provider.descriptor().webhooks());
        }
    }
}
