package dev.rollcall.integration;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ConnectorProvider;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connectortestkit.RecordingApplication;
import dev.rollcall.connectortestkit.ReplayedApplication;
import dev.rollcall.elmo.ElmoProvider;
import dev.rollcall.rest.GenericRestProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connector and an application say to each other, recorded without a secret and replayed without the application. */
class RecordingTest {
    private static final String SECRET = "PLANTED/5up3r+53cr3t";
    private static final String TOKEN = "PLANTED-t0k3n-0815";

    @TempDir
    Path folder;

    private final WireMockServer application =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        application.start();
        application.stubFor(post("/oauth/token")
                .withFormParam("client_secret", equalTo(SECRET))
                .willReturn(okJson("{\"access_token\": \"" + TOKEN + "\", \"refresh_token\": \"PLANTED-r3fr3sh\","
                                + " \"token_type\": \"Bearer\", \"expires_in\": 1800}")
                        .withHeader("Set-Cookie", "session=PLANTED-s3ss10n")));
    }

    @AfterEach
    void stop() {
        application.stop();
    }

    private URI origin() {
        return URI.create(application.baseUrl());
    }

    private static List<String> ids(ConnectorProvider provider, Settings settings, String key) {
        List<String> ids = new ArrayList<>();
        try (Connector connector = provider.create(settings, ConnectorContext.defaults());
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            while (pages.hasNext()) {
                pages.next()
                        .items()
                        .forEach(user -> ids.add(user.value(key).text().orElse("")));
            }
        }
        return ids;
    }

    private static Settings elmo(URI address, String secret) {
        return Settings.builder()
                .set("baseUrl", address.toString())
                .block("authorization", Value.from(Map.of("clientId", "rollcall", "clientSecret", Secret.of(secret))))
                .block("endpoints", Value.from(List.of("users")))
                .build();
    }

    private String recorded(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text).doesNotContain("PLANTED", "5up3r", application.baseUrl());
        return text;
    }

    @Test
    void an_application_behind_tokens_is_replayed_with_other_credentials() throws IOException {
        application.stubFor(get("/core/v1/users?itemsPerPage=100")
                .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                .willReturn(okJson("{\"member\": [{\"employeeNumber\": \"1\", \"note\": \"seen with " + TOKEN
                        + "\"}], \"view\": {\"next\": \"" + application.baseUrl()
                        + "/core/v1/users?page_token=p2\"}}")));
        application.stubFor(get("/core/v1/users?page_token=p2")
                .willReturn(okJson("{\"member\": [{\"employeeNumber\": \"2\"}], \"view\": {}}")));
        Path file = folder.resolve("elmo.json");
        try (RecordingApplication recorder = RecordingApplication.of(origin(), file)) {
            assertThat(ids(new ElmoProvider(), elmo(recorder.address(), SECRET), "employeeNumber"))
                    .containsExactly("1", "2");
        }
        assertThat(recorded(file)).contains("{{origin}}/core/v1/users?page_token=p2", "seen with removed");
        application.stop();

        try (ReplayedApplication replayed = ReplayedApplication.of(file)) {
            assertThat(ids(new ElmoProvider(), elmo(replayed.address(), "another"), "employeeNumber"))
                    .containsExactly("1", "2");
        }
    }

    @Test
    void a_secret_in_an_address_or_an_echo_is_taken_out() throws IOException {
        application.stubFor(get("/users?api_token=PLANTED%2F5up3r%2B53cr3t")
                .willReturn(okJson("{\"error\": \"you sent " + SECRET.replace("/", "\\/") + "\"}")
                        .withStatus(403)));
        Path file = folder.resolve("echo.json");
        try (RecordingApplication recorder = RecordingApplication.of(origin(), file, Secret.of(SECRET))) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> ids(new GenericRestProvider(), query(recorder.address()), "id"));
            assertThat(failure).message().doesNotContain("5up3r");
        }

        assertThat(recorded(file)).contains("/users?api_token=removed", "you sent removed");
    }

    @Test
    void the_example_of_the_guide_fetches_twice_and_asks_the_application_once() throws IOException {
        application.stubFor(get("/users").withHeader("key", equalTo(SECRET)).willReturn(okJson("[{\"id\": 1}]")));
        URI address = origin();
        Path file = folder.resolve("acme.json");
        Secret apiKey = Secret.of(SECRET);
        Secret anything = Secret.of("anything");

        try (RecordingApplication crm = RecordingApplication.of(address, file, apiKey)) {
            fetch(connectorTo(crm.address(), apiKey));
        }
        try (ReplayedApplication crm = ReplayedApplication.of(file)) {
            fetch(connectorTo(crm.address(), anything));
        }

        assertThat(recorded(file)).contains("/users");
        assertThat(application.getAllServeEvents()).hasSize(1);
    }

    private static Settings connectorTo(URI address, Secret key) {
        return Settings.of((Value.Fields) Value.from(Map.of(
                "authorization",
                Map.of("type", "api-key", "name", "key", "value", key),
                "endpoints",
                List.of(Map.of("name", "users", "url", address + "/users")))));
    }

    private static void fetch(Settings settings) {
        assertThat(ids(new GenericRestProvider(), settings, "id")).containsExactly("1");
    }

    private static Settings query(URI address) {
        return Settings.of((Value.Fields) Value.from(Map.of(
                "authorization",
                Map.of("type", "api-key", "in", "query", "name", "api_token", "value", Secret.of(SECRET)),
                "endpoints",
                List.of(Map.of("name", "users", "url", address + "/users")))));
    }

    @Test
    void the_same_call_is_answered_as_it_was_in_turn_and_a_stranger_is_told_apart() throws IOException {
        application.stubFor(get("/users").willReturn(okJson("[{\"id\": 1}]")));
        Path file = folder.resolve("twice.json");
        try (RecordingApplication recorder = RecordingApplication.of(origin(), file)) {
            assertThat(ids(new GenericRestProvider(), plain(recorder.address(), "/users"), "id"))
                    .containsExactly("1");
            application.stubFor(get("/users").willReturn(okJson("[{\"id\": 2}]")));
            assertThat(ids(new GenericRestProvider(), plain(recorder.address(), "/users"), "id"))
                    .containsExactly("2");
        }

        try (ReplayedApplication replayed = ReplayedApplication.of(file)) {
            for (String expected : List.of("1", "2", "2")) {
                assertThat(ids(new GenericRestProvider(), plain(replayed.address(), "/users"), "id"))
                        .containsExactly(expected);
            }
            assertThat(catchThrowableOfType(
                            ConnectorException.class,
                            () -> ids(new GenericRestProvider(), plain(replayed.address(), "/others"), "id")))
                    .hasMessageContaining("not recorded: GET /others");
        }
    }

    private static Settings plain(URI address, String path) {
        return Settings.of((Value.Fields)
                Value.from(Map.of("endpoints", List.of(Map.of("name", "users", "url", address + path)))));
    }
}
