package dev.rollcall.pipedrive;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is special about Pipedrive; what every connector keeps is in the contract. */
class PipedriveTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final String ADA = """
            {"id": 11, "name": "Ada Byron", "email": "ada@example.com", "phone": null, "active_flag": true,
             "is_deleted": false, "role_id": 2, "access": [{"app": "sales", "admin": false, "permission_set_id": "s1"},
             {"app": "nova", "admin": true, "permission_set_id": "s2"}]}""";
    private static final String BOB = """
            {"id": 12, "name": "Bob", "email": "bob@example.com", "active_flag": false, "is_deleted": false, "role_id": 9,
             "access": []}""";

    private static URI application() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private static PipedriveConnector.Builder pipedrive() {
        return PipedriveConnector.builder().apiToken(Secret.of("t0k3n")).baseUrl(application());
    }

    private static List<UserRecord> fetch(Connector connector, UserQuery query) {
        List<UserRecord> users = new ArrayList<>();
        try (connector;
                PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            while (pages.hasNext()) {
                users.addAll(pages.next().items());
            }
        }
        return users;
    }

    private static List<UserRecord> fetch(Connector connector) {
        return fetch(connector, UserQuery.all());
    }

    private static ConnectorException failure() {
        return catchThrowableOfType(
                ConnectorException.class, () -> fetch(pipedrive().build()));
    }

    private static ResponseDefinitionBuilder list(String... users) {
        return okJson("{\"success\": true, \"data\": [" + String.join(",", users) + "]}");
    }

    private static String text(UserRecord user, String column) {
        return user.value(column).text().orElse(user.value(column).toString());
    }

    @Nested
    class users {
        @Test
        void come_in_one_call_with_the_token_in_a_header_and_nothing_asked() {
            server.stubFor(get("/api/v1/users")
                    .withHeader("x-api-token", equalTo("t0k3n"))
                    .willReturn(list(ADA, BOB)));

            assertThat(fetch(pipedrive().build()))
                    .extracting(user -> text(user, "id"))
                    .containsExactly("11", "12");
        }

        @Test
        void may_be_none() {
            server.stubFor(get("/api/v1/users").willReturn(okJson("{\"success\": true, \"data\": null}")));

            assertThat(fetch(pipedrive().build())).isEmpty();
        }

        @Test
        void are_found_by_e_mail_without_those_whose_address_only_contains_it() {
            server.stubFor(get("/api/v1/users/find?term=ada%40example.com&search_by_email=1")
                    .willReturn(list(ADA, ADA.replace("ada@", "x.ada@").replace("11", "13"))));

            List<UserRecord> found =
                    fetch(pipedrive().primaryKey("email").build(), UserQuery.byKeys(List.of("ada@example.com")));

            assertThat(found)
                    .singleElement()
                    .satisfies(user -> assertThat(text(user, "id")).isEqualTo("11"));
        }

        @Test
        void are_found_by_id_and_a_stranger_is_nobody() {
            server.stubFor(get("/api/v1/users/11").willReturn(okJson("{\"success\": true, \"data\": " + ADA + "}")));
            server.stubFor(get("/api/v1/users/99")
                    .willReturn(okJson("{\"success\": false, \"error\": \"User not found or not accessible.\"}")
                            .withStatus(404)));

            assertThat(fetch(pipedrive().build(), UserQuery.byKeys(List.of("99", "11"))))
                    .extracting(user -> text(user, "name"))
                    .containsExactly("Ada Byron");
        }

        @Test
        void get_their_role_and_permission_sets() {
            server.stubFor(get("/api/v1/users").willReturn(list(ADA, BOB)));
            server.stubFor(get("/api/v1/roles").willReturn(okJson("""
                    {"success": true, "data": [{"id": 2, "name": "Admins", "assignment_count": "1"}],
                     "additional_data": {"pagination": {"start": 0, "limit": 1, "more_items_in_collection": true}}}""")));
            server.stubFor(get("/api/v1/roles?start=1").willReturn(okJson("""
                    {"success": true, "data": [{"id": 9, "name": "Readers", "assignment_count": "4"}],
                     "additional_data": {"pagination": {"more_items_in_collection": false}}}""")));
            server.stubFor(get("/api/v1/permissionSets")
                    .willReturn(
                            list("{\"id\": \"s1\", \"name\": \"Deals admin\"}", "{\"id\": \"s2\", \"name\": \"X\"}")));

            List<UserRecord> users = fetch(
                    pipedrive().endpoints("users", "roles", "permission-sets").build());

            assertThat(users).extracting(user -> text(user, "role.name")).containsExactly("Admins", "Readers");
            assertThat(text(users.get(0), "permission_sets[1].name")).isEqualTo("X");
        }

        @Test
        void get_what_is_told_of_each() {
            server.stubFor(get("/api/v1/users").willReturn(list(ADA)));
            server.stubFor(
                    get("/api/v1/users/11/roleAssignments").willReturn(list("{\"role_id\": 2}", "{\"role_id\": 3}")));
            server.stubFor(get("/api/v1/users/11/permissions")
                    .willReturn(okJson("{\"success\": true, \"data\": {\"can_add_custom_fields\": true}}")));

            UserRecord ada = fetch(pipedrive()
                            .endpoints("users", "role-assignments", "permissions")
                            .build())
                    .get(0);

            assertThat(text(ada, "role_assignments[1].role_id")).isEqualTo("3");
            assertThat(text(ada, "permissions.can_add_custom_fields")).isEqualTo("true");
        }

        @Test
        void may_be_the_persons_of_version_2_page_by_page() {
            server.stubFor(get("/api/v2/persons?limit=100")
                    .willReturn(okJson("{\"success\": true, \"data\": [{\"id\": 1}],"
                            + " \"additional_data\": {\"next_cursor\": \"eyJ=\"}}")));
            server.stubFor(get("/api/v2/persons?limit=100&cursor=eyJ%3D")
                    .willReturn(okJson("{\"success\": true, \"data\": [{\"id\": 2}],"
                            + " \"additional_data\": {\"next_cursor\": null}}")));

            assertThat(fetch(pipedrive().endpoints("persons").build())).hasSize(2);
        }
    }

    @Nested
    class a_refusal {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {"success": false, "error": "unauthorized access", "errorCode": 401} | UNAUTHORIZED | unauthorized access
                {"success": false, "message": "Forbidden"}                           | REJECTED     | Forbidden
                {"success": false, "error": "no", "data": null}                      | REJECTED     | no
                """)
        void may_call_itself_a_success(String body, FailureKind kind, String words) {
            server.stubFor(get("/api/v1/users").willReturn(okJson(body)));

            ConnectorException failure = failure();

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(words);
        }

        @Test
        void may_be_a_page_of_html() {
            server.stubFor(get("/api/v1/users")
                    .willReturn(aResponse()
                            .withStatus(403)
                            .withHeader("Content-Type", "text/html")
                            .withBody("<!DOCTYPE html><html><head><title>Access denied</title></head></html>")));

            assertThat(failure().kind()).isEqualTo(FailureKind.FORBIDDEN);
            assertThat(failure()).hasMessageContaining("Access denied");
        }

        @Test
        void for_a_day_is_not_waited_for() {
            server.stubFor(get("/api/v1/users")
                    .willReturn(okJson("{\"success\": false, \"error\": \"request over limit\"}")
                            .withStatus(429)
                            .withHeader("Retry-After", "1")
                            .withHeader("x-daily-ratelimit-token-remaining", "0")));

            ConnectorException failure = failure();

            assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
            assertThat(failure.retryAfter()).hasValue(Duration.ofDays(1));
            server.verify(1, getRequestedFor(urlEqualTo("/api/v1/users")));
        }

        @Test
        void for_a_burst_is_waited_for() {
            server.stubFor(get("/api/v1/users")
                    .inScenario("burst")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("over")
                    .willReturn(okJson("{\"success\": false, \"error\": \"request over limit\"}")
                            .withStatus(429)
                            .withHeader("x-ratelimit-reset", "1")
                            .withHeader("x-daily-ratelimit-token-remaining", "4711")));
            server.stubFor(get("/api/v1/users")
                    .inScenario("burst")
                    .whenScenarioStateIs("over")
                    .willReturn(list(ADA)));

            assertThat(fetch(pipedrive().build())).hasSize(1);
        }
    }

    @Nested
    class addresses {
        private static Value settings(String baseUrl) {
            return new PipedriveProvider()
                    .presets(Settings.builder().set("baseUrl", baseUrl).build())
                    .block()
                    .get("settings");
        }

        @ParameterizedTest
        @CsvSource({
            "https://acme.pipedrive.com, https://acme.pipedrive.com/api/v1, https://acme.pipedrive.com/api/v2",
            "https://acme.pipedrive.com/, https://acme.pipedrive.com/api/v1, https://acme.pipedrive.com/api/v2",
            "https://acme.pipedrive.com/api/v1, https://acme.pipedrive.com/api/v1, https://acme.pipedrive.com/api/v2",
            "https://acme.pipedrive.com/api/v2, https://acme.pipedrive.com/api/v1, https://acme.pipedrive.com/api/v2",
            "https://api.pipedrive.com, https://api.pipedrive.com/v1, https://api.pipedrive.com/api/v2",
            "http://127.0.0.1:9/v1, http://127.0.0.1:9/v1, http://127.0.0.1:9/api/v2",
            "'', https://api.pipedrive.com/v1, https://api.pipedrive.com/api/v2",
        })
        void of_both_versions_are_made_of_one(String baseUrl, String v1, String v2) {
            assertThat(settings(baseUrl)).isEqualTo(Value.of(Map.of("v1Url", Value.of(v1), "v2Url", Value.of(v2))));
        }
    }

    @Test
    void a_builder_needs_nothing_but_a_token() {
        Secret token = Secret.of("t0k3n");

        Connector pipedrive = PipedriveConnector.builder().apiToken(token).build();

        assertThat(pipedrive.authorize(AuthorizationRequest.begin())).isInstanceOf(AuthorizationResult.Granted.class);
        pipedrive.close();
    }

    @Test
    void a_builder_without_credential_says_what_is_missing() {
        ConfigurationException failure = catchThrowableOfType(
                ConfigurationException.class, () -> PipedriveConnector.builder().build());

        assertThat(failure.problems()).extracting(Problem::path).containsExactly("authorization.value");
    }
}
