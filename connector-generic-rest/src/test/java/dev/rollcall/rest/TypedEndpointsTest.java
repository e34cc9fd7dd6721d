package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.endpoint.DecodingReader;
import dev.rollcall.rest.internal.endpoint.EndpointReader;
import dev.rollcall.rest.internal.endpoint.JoinRule;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.paging.PagingSettings;
import dev.rollcall.rest.internal.template.BodyTemplate;
import dev.rollcall.rest.oauth.OAuthSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Endpoints, joins, authorization and webhooks said in code. */
class TypedEndpointsTest {
    private static final Secret SECRET = Secret.of("s3cret-of-a-test");

    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private static Endpoint.Builder list(String name, String path) {
        return Endpoint.get(name, "${settings.baseUrl}/" + path).records("/data");
    }

    private static RestConnectorBuilder connector() {
        return RestConnector.builder()
                .baseUrl(URI.create("http://127.0.0.1:" + server.getPort()))
                .primaryKey("id");
    }

    private static List<UserRecord> all(RestConnector connector, UserQuery query) {
        List<UserRecord> records = new ArrayList<>();
        try (connector;
                PageIterator<UserRecord> pages = connector.fetchUsers(query)) {
            pages.forEachRemaining((Page<UserRecord> page) -> records.addAll(page.items()));
        }
        return records;
    }

    @Nested
    class A_connector_in_code {
        @Test
        void reads_pages_by_cursor_with_a_token_from_oauth() {
            server.stubFor(post("/token").willReturn(okJson("""
                    {"access_token": "t0ken", "token_type": "bearer", "expires_in": 600}""")));
            server.stubFor(get("/users?limit=2").willReturn(okJson("""
                    {"data": [{"id": 1}, {"id": 2}], "next": "b"}""")));
            server.stubFor(get("/users?limit=2&cursor=b").willReturn(okJson("""
                    {"data": [{"id": 3}], "next": null}""")));
            RestConnector people = connector()
                    .authorization(Authorization.oauth2(OAuthSettings.Grant.CLIENT_CREDENTIALS)
                            .tokenUrl("${settings.baseUrl}/token")
                            .client("rollcall", SECRET)
                            .scopes("users.read"))
                    .endpoint(list("users", "users")
                            .paging(Paging.cursor("cursor", "/next").size("limit", 2))
                            .build())
                    .build();

            assertThat(all(people, UserQuery.all()))
                    .extracting(record -> record.value("id").text().orElse(""))
                    .containsExactly("1", "2", "3");
            server.verify(
                    getRequestedFor(urlEqualTo("/users?limit=2")).withHeader("Authorization", equalTo("Bearer t0ken")));
        }

        @Test
        void joins_a_list_and_a_call_for_each_user() {
            server.stubFor(get("/users").willReturn(okJson("""
                    {"data": [{"id": 1, "role_id": 7}]}""")));
            server.stubFor(get("/roles").willReturn(okJson("""
                    {"data": [{"id": 7, "name": "admin"}]}""")));
            server.stubFor(get("/users/1/details").willReturn(okJson("""
                    {"data": {"city": "Bonn"}}""")));
            RestConnector people = connector()
                    .endpoint(list("users", "users").paging(Paging.none()).build())
                    .join(Join.list(list("roles", "roles").paging(Paging.none()).build())
                            .key("id")
                            .lookup("record.role_id")
                            .as("role"))
                    .join(Join.perUser(
                            list("details", "users/${record.id}/details").build()))
                    .build();

            UserRecord only = all(people, UserQuery.all()).get(0);

            assertThat(only.value("role.name")).isEqualTo(Value.of("admin"));
            assertThat(only.value("details.city")).isEqualTo(Value.of("Bonn"));
        }

        @Test
        void looks_a_user_up_by_key() {
            server.stubFor(get("/users/9").willReturn(okJson("""
                    {"data": {"id": 9}}""")));
            RestConnector people = connector()
                    .endpoint(list("users", "users")
                            .one("${settings.baseUrl}/users/${key}")
                            .build())
                    .build();

            assertThat(all(people, UserQuery.byKeys(List.of("9")))).hasSize(1);
        }

        @Test
        void reports_every_problem_at_once_with_the_path_that_it_has_in_a_file() {
            ConfigurationException wrong = catchThrowableOfType(
                    ConfigurationException.class,
                    () -> connector()
                            .endpoint(Endpoint.get("users", "${settings.baseUri}/users")
                                    .paging(Paging.cursor("cursor", "next"))
                                    .retries(-1)
                                    .build())
                            .build());

            assertThat(wrong.problems())
                    .extracting(Problem::path)
                    .contains("endpoints[0].url", "endpoints[0].paging.next", "endpoints[0].request.retries");
        }

        @Test
        void prints_no_secret() {
            assertThat(Authorization.bearer(SECRET)).asString().doesNotContain("s3cret");
            assertThat(RestPresets.builder().setting("key", SECRET).build())
                    .asString()
                    .doesNotContain("s3cret");
        }
    }

    /** What a file can say can be said in code: no key is without its method. */
    @Nested
    class Every_key {
        private final Paging paging = Paging.page("p")
                .size("s", 1)
                .first(1)
                .totalPages("/a")
                .hasMore("/b")
                .next("/c")
                .total("/d")
                .allowDuplicates()
                .allowEmptyPages()
                .statuses(200)
                .end(204)
                .inBody()
                .ahead(1)
                .maxPages(1)
                .maxRecords(1)
                .maxTime(Duration.ofHours(1))
                .maxBytes(1);

        private final Endpoint endpoint = Endpoint.post("users", "https://a.test")
                .header("A", "1")
                .parameter("b", "2")
                .body(RequestBody.object().field("c", "3").contentType("text/json"))
                .records("/data")
                .emptyWhenNull()
                .emptyWhenAbsent()
                .recordsByKey()
                .paging(paging)
                .one("https://a.test/${key}")
                .error(ErrorCondition.when("response.body.x == 1")
                        .kind(FailureKind.RATE_LIMITED)
                        .message("/m")
                        .retryAfter(Duration.ofSeconds(1)))
                .timeout(Duration.ofSeconds(1))
                .bodyTimeout(Duration.ofSeconds(1))
                .retries(1)
                .maxRetryWait(Duration.ofSeconds(1))
                .requestsPerSecond(1)
                .idempotent()
                .responseType("json")
                .charset("utf-8")
                .separator("tab")
                .skipLines(1)
                .nothing("N/A")
                .shortLinesAreEmpty()
                .maxAge(Duration.ofDays(1))
                .limits(1, 1, 1, 1)
                .build();

        private static Value.Fields in(Value.Fields block, String key) {
            return (Value.Fields) block.get(key);
        }

        private static void isSaid(Value.Fields block, BlockKeys declared, String... others) {
            Set<String> wanted = new TreeSet<>(declared.names());
            List.of(others).forEach(wanted::remove);
            assertThat(block.asMap().keySet()).containsAll(wanted);
        }

        @Test
        void of_a_paging_has_a_method() {
            isSaid(paging.keys(), PagingSettings.KEYS, "ways");
            isSaid(
                    Paging.announced(Paging.link()).keys(),
                    PagingSettings.KEYS.and(),
                    paging.keys().asMap().keySet().toArray(String[]::new));
        }

        @Test
        void of_an_endpoint_has_a_method() {
            isSaid(endpoint.keys(), EndpointReader.KEYS, JoinRule.KEYS.names().toArray(String[]::new));
            isSaid(in(endpoint.keys(), "request"), EndpointReader.REQUEST_KEYS);
            isSaid(in(endpoint.keys(), "response"), DecodingReader.RESPONSE_KEYS);
            isSaid(in(endpoint.keys(), "records"), DecodingReader.RECORDS_KEYS);
            isSaid(in(endpoint.keys(), "body"), BodyTemplate.KEYS);
            isSaid(
                    (Value.Fields) ((Value.Items) endpoint.keys().get("errors"))
                            .items()
                            .get(0),
                    ErrorRule.KEYS);
        }

        @Test
        void of_a_join_has_a_method() {
            Join join = Join.list(endpoint)
                    .key("id")
                    .lookup("record.a")
                    .as("b")
                    .required()
                    .many()
                    .concurrency(2);

            isSaid(join.keys("users"), JoinRule.KEYS, "for", "union");
            assertThat(Join.perUser(endpoint).keys("users").get("for")).isEqualTo(Value.of("users"));
            assertThat(Join.perUser(endpoint, "a", "b").keys("users").get("for"))
                    .isEqualTo(Value.of(List.of(Value.of("a"), Value.of("b"))));
            assertThat(Join.union(endpoint).keys("users").get("union")).isEqualTo(Value.of(true));
        }

        @Test
        void of_an_authorization_has_a_method() {
            Authorization oauth = Authorization.oauth2(OAuthSettings.Grant.AUTHORIZATION_CODE)
                    .tokenUrl("https://a.test/token")
                    .revocationUrl("https://a.test/revoke")
                    .authorizationUrl("https://a.test/agree")
                    .redirectUri(URI.create("https://b.test/back"))
                    .client("id", SECRET)
                    .clientAuthentication(OAuthSettings.ClientAuthentication.BASIC_RAW)
                    .scopes("a", "b")
                    .withoutPkce()
                    .extraParameters(Map.of("audience", "x"))
                    .tokens(Path.of("tokens"), SECRET)
                    .prefix("Token")
                    .origins("https://*.a.test")
                    .allowPlainHttp();
            Value.Fields all = oauth.keys();
            for (Authorization one : List.of(
                    Authorization.apiKey("x-key", SECRET),
                    Authorization.queryKey("key", SECRET),
                    Authorization.basic("ada", SECRET),
                    Authorization.basicOf("${settings.a}", "${settings.b}"),
                    Authorization.bearer(SECRET),
                    Authorization.none())) {
                for (Map.Entry<String, Value> key : one.keys().asMap().entrySet()) {
                    all = all.with(key.getKey(), key.getValue());
                }
            }

            isSaid(all, AuthorizationReader.KEYS);
        }

        @Test
        void of_a_webhook_has_a_method() {
            OutboundCall call = OutboundCall.patch("https://a.test/${record.id}")
                    .description("changes somebody")
                    .header("A", "1")
                    .parameter("b", "2")
                    .body(RequestBody.form(Map.of("c", "3")))
                    .expect("response.status == 200")
                    .take("id", "/id");

            isSaid(call.keys(), WebhookDefinition.KEYS, "use");
            assertThat(call.named("change")).asString().contains("change");
        }
    }
}
