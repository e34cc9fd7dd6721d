package dev.rollcall.pipedrive;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.rollcall.formats.Evaluation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Pipedrive grants to an app, and where calls go then. */
class PipedriveAppTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final URI REDIRECT = URI.create("http://127.0.0.1:8484/callback");

    private static URI application() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    private static List<UserRecord> fetch(Connector connector) {
        List<UserRecord> users = new ArrayList<>();
        try (connector;
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                users.addAll(pages.next().items());
            }
        }
        return users;
    }

    private static String token(String apiDomain) {
        return "{\"access_token\": \"v1u:AT\", \"token_type\": \"Bearer\", \"expires_in\": \"3599\","
                + " \"refresh_token\": \"1:1:RT\", \"scope\": \"base,users:read\", \"api_domain\": \"" + apiDomain
                + "\"}";
    }

    private static Settings app() {
        Map<String, Object> authorization = Map.of(
                "type",
                "oauth2",
                "clientId",
                "app",
                "clientSecret",
                Secret.of("s"),
                "redirectUri",
                REDIRECT.toString(),
                "tokenUrl",
                application() + "/oauth/token",
                "origins",
                List.of("https://*.pipedrive.com", application().toString()));
        return Settings.builder()
                .block("authorization", Value.from(authorization))
                .build();
    }

    private static Connector granted(String apiDomain) {
        server.stubFor(post("/oauth/token").willReturn(okJson(token(apiDomain))));
        Connector connector = new PipedriveProvider().create(app(), ConnectorContext.defaults());
        var send = (AuthorizationResult.SendPersonTo) connector.authorize(AuthorizationRequest.begin());
        String state = send.address().getQuery().replaceFirst(".*state=([^&]*).*", "$1");
        connector.authorize(AuthorizationRequest.finish(URI.create(REDIRECT + "?code=c&state=" + state)));
        return connector;
    }

    @Test
    void is_sent_to_pipedrive_and_calls_where_the_token_says() {
        server.stubFor(get("/api/v1/users")
                .withHeader("Authorization", equalTo("Bearer v1u:AT"))
                .willReturn(okJson("{\"success\": true, \"data\": [{\"id\": 11}]}")));

        assertThat(fetch(granted(application().toString()))).hasSize(1);
    }

    @Test
    void does_not_call_a_stranger_whom_the_token_names() {
        Connector connector = granted("https://pipedrive.com.evil.test");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> fetch(connector));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNTRUSTED_ORIGIN);
        server.verify(0, getRequestedFor(anyUrl()));
    }

    private static WebhookCall leaver() {
        return new PipedriveProvider()
                .webhook("deactivate-user", Value.Fields.none(), app())
                .render(Evaluation.of(name -> Value.of(11)));
    }

    @Test
    void calls_back_where_the_token_says_which_is_not_known_before() {
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"success\": true}")));
        WebhookCall call = leaver();
        assertThat(call.url()).hasToString("token://api_domain/api/v1/users/11");
        server.verify(0, anyRequestedFor(anyUrl()));

        assertThat(granted(application() + "/").invokeWebhook(call).status()).isEqualTo(200);

        server.verify(
                putRequestedFor(urlEqualTo("/api/v1/users/11")).withHeader("Authorization", equalTo("Bearer v1u:AT")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://pipedrive.com.evil.test, UNTRUSTED_ORIGIN",
        "http://acme.pipedrive.com, UNTRUSTED_ORIGIN",
        "https://acme.pipedrive.com@evil.test, REJECTED",
        "https://acme.pipedrive.com:444, UNTRUSTED_ORIGIN",
        "token://api_domain, REJECTED",
        "'', REJECTED",
    })
    void does_not_call_back_to_a_stranger_whom_the_token_names(String apiDomain, FailureKind kind) {
        Connector connector = granted(apiDomain);

        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> connector.invokeWebhook(leaver()));

        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        server.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void calls_nobody_back_before_a_person_agreed() {
        try (Connector connector = new PipedriveProvider().create(app(), ConnectorContext.defaults())) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.invokeWebhook(leaver()))
                            .kind())
                    .isEqualTo(FailureKind.CONSENT_REQUIRED);
        }
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void is_asked_for_at_pipedrive_itself() {
        try (Connector connector = PipedriveConnector.builder()
                .oauth("app", Secret.of("s"), REDIRECT)
                .build()) {
            var send = (AuthorizationResult.SendPersonTo) connector.authorize(AuthorizationRequest.begin());

            assertThat(send.address().toString())
                    .contains("https://oauth.pipedrive.com/oauth/authorize?", "client_id=app");
        }
    }
}
