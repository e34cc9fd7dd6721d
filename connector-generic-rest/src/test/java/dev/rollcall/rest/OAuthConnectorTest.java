package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.rest.internal.http.Origin;
import dev.rollcall.rest.internal.oauth.OAuthServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OAuthConnectorTest {
    @RegisterExtension
    static final WireMockExtension api = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T00:00:00Z"));
    private final AtomicInteger granted = new AtomicInteger();
    private OAuthServer server;

    /** A clock that a test sets. */
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = new OAuthServer();
        server.answers(request -> new OAuthServer.Answer(
                200,
                "{\"access_token\": \"granted-token-" + granted.incrementAndGet()
                        + "\", \"expires_in\": 3600, \"refresh_token\": \"r" + granted.get() + "\", \"api_domain\": \""
                        + "http://127.0.0.1:" + api.getPort() + "\"}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String documented(int which) {
        return Docs.configurations("rest-authorization.md", api.getPort())
                .get(which)
                .replace("${settings.baseUrl}/token", server.tokenUrl().toString())
                .replace(
                        "http://127.0.0.1:" + api.getPort() + "/token",
                        server.tokenUrl().toString());
    }

    private RestConnector connector(String yaml) {
        return Sources.connector(
                yaml, new Sources.NoWaiting(), ConnectorContext.defaults().clock(clock));
    }

    private static void page(String page, String token, String rows) {
        api.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam("page", equalTo(page))
                .withHeader("Authorization", equalTo("Bearer " + token))
                .willReturn(okJson("{\"data\": [" + rows + "]}")));
    }

    @Test
    void the_documented_client_is_granted_a_token_and_fetches_with_it() {
        page("1", "granted-token-1", "{\"id\": 1}");
        page("2", "granted-token-1", "");

        String yaml = documented(0).replace("scopes:", "extraParameters: {audience: a1}\n  scopes:");
        try (RestConnector connector = connector(yaml)) {
            assertThat(connector.authorize(AuthorizationRequest.begin())).isEqualTo(AuthorizationResult.granted());
            assertThat(Sources.ids(Sources.fetch(connector))).containsExactly("1");
        }
        assertThat(server.asked).singleElement().satisfies(asked -> {
            assertThat(asked.form())
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("client_secret", Sources.SECRET)
                    .containsEntry("audience", "a1")
                    .containsEntry("scope", "users.read");
            assertThat(asked.authorization()).isEmpty();
        });
    }

    @Test
    void a_token_that_ends_in_mid_fetch_is_renewed() {
        page("1", "granted-token-1", "{\"id\": 1}");
        page("2", "granted-token-2", "{\"id\": 2}");
        page("3", "granted-token-2", "");
        try (RestConnector connector = connector(documented(0));
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            pages.next();
            now.set(now.get().plusSeconds(3599));
            assertThat(Sources.ids(pages.next().items())).containsExactly("2");
            pages.next();
            assertThat(pages.hasNext()).isFalse();
        }
        assertThat(granted).hasValue(2);
    }

    @Test
    void a_token_that_is_refused_in_mid_fetch_is_renewed_once_and_the_call_made_once_more() {
        page("1", "granted-token-1", "{\"id\": 1}");
        api.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam("page", equalTo("2"))
                .withHeader("Authorization", equalTo("Bearer granted-token-1"))
                .willReturn(unauthorized()));
        page("2", "granted-token-2", "");

        try (RestConnector connector = connector(documented(0))) {
            assertThat(Sources.ids(Sources.fetch(connector))).containsExactly("1");
        }
        api.verify(2, getRequestedFor(urlPathEqualTo("/users")).withQueryParam("page", equalTo("2")));
        assertThat(granted).hasValue(2);
    }

    @Test
    void a_refusal_that_a_new_token_does_not_mend_is_told_and_shows_no_token() {
        api.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(401).withBody("bad granted-token-2")));

        try (RestConnector connector = connector(documented(0))) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> Sources.fetch(connector));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
            assertThat(failure.getMessage()).doesNotContain("granted-token");
        }
        api.verify(2, anyRequestedFor(anyUrl()));
        assertThat(granted).hasValue(2);
    }

    /** RFC 6750, section 3.1: another token of the same scope would be refused too. */
    @Test
    void a_refusal_for_want_of_scope_does_not_renew_the_token() {
        api.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\"")));
        try (RestConnector connector = connector(documented(0))) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> Sources.fetch(connector))
                            .kind())
                    .isEqualTo(FailureKind.FORBIDDEN);
        }
        api.verify(1, anyRequestedFor(anyUrl()));
        assertThat(granted).hasValue(1);
    }

    @Test
    void a_refresh_that_a_broken_server_may_have_made_is_not_tried_again_with_the_call() {
        api.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": [{\"id\": 1}]}")));
        String yaml = documented(1).replace("  tokens: {file: tokens.enc, key: \"${env.TOKEN_KEY}\"}\n", "");
        try (RestConnector connector = connector(yaml)) {
            URI address =
                    ((AuthorizationResult.SendPersonTo) connector.authorize(AuthorizationRequest.begin())).address();
            String state = address.getQuery().replaceAll(".*state=([^&]*).*", "$1");
            connector.authorize(
                    AuthorizationRequest.finish(URI.create("http://127.0.0.1:8484/callback?code=c1&state=" + state)));
            now.set(now.get().plusSeconds(4_000));
            server.answers(503, "");

            assertThat(catchThrowableOfType(ConnectorException.class, () -> Sources.fetch(connector))
                            .kind())
                    .isEqualTo(FailureKind.AMBIGUOUS);
        }
        assertThat(server.asked).as("the code, and one refresh").hasSize(2);
    }

    @Test
    void a_token_is_given_back_where_the_configuration_says() {
        api.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        String yaml = documented(0).replace("  tokenUrl:", "  revocationUrl: " + server.tokenUrl() + "\n  tokenUrl:");
        try (RestConnector connector = connector(yaml)) {
            Sources.fetch(connector);

            assertThat(connector.authorize(AuthorizationRequest.revoke())).isEqualTo(AuthorizationResult.revoked());
        }
        assertThat(server.asked.get(1).form())
                .containsEntry("token", "r1")
                .containsEntry("client_secret", Sources.SECRET);
        assertThat(problems(yaml.replace(server.tokenUrl().toString(), "http://t.example.test")))
                .containsExactly("authorization.tokenUrl", "authorization.revocationUrl");
    }

    /** Without a token nothing was called: that is not for a person to look into. */
    @Test
    void a_webhook_without_a_token_was_not_sent() {
        server.answers(503, "");
        try (RestConnector connector = connector(documented(0))) {
            WebhookCall post = WebhookCall.of("POST", URI.create("http://127.0.0.1:" + api.getPort() + "/x"));

            assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.invokeWebhook(post))
                            .kind())
                    .isEqualTo(FailureKind.UNAVAILABLE);
        }
        api.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void what_was_not_granted_cannot_be_given_back() {
        RestConnector connector = Sources.connector(Api.source(api, "") + "authorization: {type: none}\n");

        assertThat(catchThrowableOfType(
                                ConnectorException.class, () -> connector.authorize(AuthorizationRequest.revoke()))
                        .kind())
                .isEqualTo(FailureKind.UNSUPPORTED);
    }

    @Test
    void a_person_is_sent_to_agree_and_then_calls_go_where_the_application_says(@TempDir Path folder) {
        api.stubFor(get(urlPathEqualTo("/users")).willReturn(okJson("{\"data\": [{\"id\": 1}]}")));
        Path file = folder.resolve("tokens.enc");
        String yaml = documented(1).replace("tokens.enc", file.toString());
        try (RestConnector connector = connector(yaml)) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> Sources.fetch(connector))
                            .kind())
                    .isEqualTo(FailureKind.CONSENT_REQUIRED);
            AuthorizationResult result = connector.authorize(AuthorizationRequest.begin());
            URI address = ((AuthorizationResult.SendPersonTo) result).address();
            assertThat(address.toString()).contains("code_challenge=").contains("prompt=consent");
            String state = address.getQuery().replaceAll(".*state=([^&]*).*", "$1");

            connector.authorize(
                    AuthorizationRequest.finish(URI.create("http://127.0.0.1:8484/callback?code=c1&state=" + state)));

            assertThat(Sources.ids(Sources.fetch(connector))).containsExactly("1");
        }
        assertThat(Files.exists(file)).isTrue();
        try (RestConnector again = connector(yaml)) {
            assertThat(Sources.ids(Sources.fetch(again))).containsExactly("1");
        }
        assertThat(granted).hasValue(1);
    }

    @Test
    void an_address_that_the_application_tells_is_not_called_unless_it_is_trusted() {
        api.stubFor(any(anyUrl()).willReturn(okJson("{\"data\": []}")));
        server.answers(
                200,
                "{\"access_token\": \"granted-token\", \"api_domain\": \"http://localhost:" + api.getPort() + "\"}");
        String yaml = documented(0)
                .replace("${settings.baseUrl}/users", "${token.api_domain}/users")
                .replace(
                        "  type: oauth2",
                        "  type: oauth2\n  origins: ['http://127.0.0.1:1', 'https://*.example.test']");

        try (RestConnector connector = connector(yaml)) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> Sources.fetch(connector))
                            .kind())
                    .isEqualTo(FailureKind.UNTRUSTED_ORIGIN);
        }
        api.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_pattern_covers_hosts_under_the_domain_and_nothing_else() {
        Origin pattern = Origin.pattern("https://*.example.test").orElseThrow();

        assertThat(pattern.covers(Origin.of(URI.create("https://a.example.test/x"))))
                .isTrue();
        assertThat(List.of(
                        "http://a.example.test",
                        "https://example.test",
                        "https://evilexample.test",
                        "https://a.example.test.evil.test",
                        "https://a.example.test:8443",
                        "https://evil.test/.example.test"))
                .noneMatch(text -> pattern.covers(Origin.of(URI.create(text))));
        assertThat(Origin.pattern("https://*.test")).isEmpty();
    }

    @Test
    void what_is_wrong_is_told_by_name() {
        String yaml = """
                settings: {baseUrl: 'https://api.example.test'}
                authorization: {type: oauth2%s}
                endpoints: [{name: users, url: '${settings.baseUrl}/users'}]
                """;

        assertThat(problems(yaml.formatted("")))
                .containsExactlyInAnyOrder(
                        "authorization.grant",
                        "authorization.tokenUrl",
                        "authorization.clientId",
                        "authorization.clientSecret");
        assertThat(problems(
                        yaml.formatted(", grant: authorization-code, tokenUrl: 'http://t.example.test/t', clientId: a,"
                                + " tokens: {file: t, key: short}, colour: red")))
                .containsExactlyInAnyOrder(
                        "authorization.tokenUrl",
                        "authorization.authorizationUrl",
                        "authorization.redirectUri",
                        "authorization.tokens.key",
                        "authorization.colour");
        assertThat(problems(
                        yaml.formatted(", grant: client-credentials, tokenUrl: '${settings.baseUrl}/t', clientId: a,"
                                        + " clientSecret: '${env.SECRET}'")
                                .replace("${settings.baseUrl}/users", "${token.api_domain}/users")))
                .containsExactly("authorization.origins");
    }

    private static List<String> problems(String yaml) {
        return Sources.read(yaml).problems().stream().map(Problem::path).toList();
    }

    @Test
    void a_client_may_say_who_it_is_in_json() {
        api.stubFor(get("/users?page=1").willReturn(okJson("{\"data\": []}")));

        Sources.fetch(connector(documented(0).replace("clientAuthentication: body", "clientAuthentication: json")));

        assertThat(server.bodies)
                .containsExactly("{\"client_id\":\"rollcall\",\"client_secret\":\"" + Sources.SECRET
                        + "\",\"scope\":\"users.read\",\"grant_type\":\"client_credentials\"}");
    }
}
