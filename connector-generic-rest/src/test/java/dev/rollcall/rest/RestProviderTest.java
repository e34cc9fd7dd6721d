package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connector that is a descriptor and presets. */
class RestProviderTest {
    @RegisterExtension
    static final WireMockExtension server = Api.newServer();

    private final RestProvider provider =
            new RestProvider(ConnectorDescriptor.builder("staff")
                    .primaryKey("id")
                    .setting(Setting.uri("baseUrl"))
                    .build()) {
                @Override
                protected RestPresets presets(Settings given) {
                    return RestPresets.builder()
                            .setting("baseUrl", "http://127.0.0.1:" + server.getPort())
                            .endpoint(Endpoint.get("users", "${settings.baseUrl}/users")
                                    .records("/data")
                                    .build())
                            .otherEndpoint(Endpoint.get("pay", "${settings.baseUrl}/pay")
                                    .records("/data")
                                    .build())
                            .webhook(
                                    "end",
                                    OutboundCall.put("${settings.baseUrl}/users/${record.id}")
                                            .body(RequestBody.json("{\"on\": false}")))
                            .build();
                }
            };

    private List<String> fetch(String source) {
        return Sources.ids(Sources.fetch(
                (RestConnector) provider.create(Sources.settings(source), ConnectorContext.defaults()),
                UserQuery.all()));
    }

    private WebhookCall webhook(String name, String block) {
        return provider.webhook(name, Sources.settings(block).source(), Settings.none())
                .render(Evaluation.of(Scope.of(Map.of("record", Value.of(Map.of("id", Value.of(7)))))));
    }

    @Test
    void reads_users_without_a_word_of_configuration() {
        Api.answer(server, get("/users"), "", 1, 2);

        assertThat(fetch("connector: staff")).containsExactly("1", "2");
    }

    @Test
    void calls_an_endpoint_that_is_not_taken_by_itself_only_where_it_is_named() {
        Api.answer(server, get("/users"), "", 1, 2);
        server.stubFor(get("/pay").willReturn(okJson("{\"data\": [{\"id\": 1, \"rate\": 9}]}")));

        fetch("connector: staff");
        assertThat(server.getAllServeEvents()).hasSize(1);
        fetch("endpoints: [users, pay]");
        assertThat(server.getAllServeEvents()).hasSize(3);
    }

    @Test
    void suggests_the_endpoints_of_both_kinds() {
        assertThat(provider.check(Sources.settings("endpoints: [users, payy]")))
                .extracting(Problem::remedy)
                .containsExactly("did you mean 'pay'?");
    }

    @Nested
    class its_webhooks {
        @Test
        void are_taken_by_their_own_name() {
            WebhookCall call = webhook("end", "use: staff");

            assertThat(call.method()).isEqualTo("PUT");
            assertThat(call.url()).hasToString("http://127.0.0.1:" + server.getPort() + "/users/7");
            assertThat(call.body()).hasValue("{\"on\": false}");
        }

        @Test
        void are_taken_by_name_and_changed_key_by_key() {
            WebhookCall call = webhook("leaver", "{preset: end, method: PATCH, body: {content: '{\"on\": 0}'}}");

            assertThat(call.method()).isEqualTo("PATCH");
            assertThat(call.body()).hasValue("{\"on\": 0}");
        }

        @Test
        void do_not_stand_under_one_that_says_where_to_call() {
            WebhookCall call = webhook("end", "url: '${settings.baseUrl}/elsewhere'");

            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.body()).isEmpty();
        }

        @Test
        void are_suggested_where_a_name_is_wrong() {
            ConfigurationException failure =
                    catchThrowableOfType(ConfigurationException.class, () -> webhook("leaver", "preset: ends"));

            assertThat(failure.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.path()).isEqualTo("preset");
                assertThat(problem.remedy()).isEqualTo("did you mean 'end'?");
            });
        }
    }
}
