package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static String origin() {
        return "http://127.0.0.1:" + server.getPort();
    }

    private static Settings application() {
        return Sources.settings("settings: {baseUrl: '" + origin() + "/v1/'}");
    }

    private static RestConnector connector() {
        return Sources.connector("settings: {baseUrl: '" + origin() + "'}\nprimaryKey: id\n"
                + "authorization: {type: bearer, token: '${env.TOKEN}'}\n"
                + "endpoints: [{name: users, url: '${settings.baseUrl}/users', request: {retries: 2}}]\n");
    }

    private static WebhookDefinition webhook(String yaml) {
        return WebhookDefinition.read("hook", Sources.settings(yaml).source(), application());
    }

    private static Evaluation evaluation(Map<String, ?> record) {
        return Evaluation.of(Scope.of(Map.of(
                "record", (Value.Fields) Value.from(record),
                "entry", (Value.Fields) Value.from(Map.of("uid", "ada\"", "mail", "ada@example.test")),
                "run", (Value.Fields) Value.from(Map.of("id", "r1")),
                "action", (Value.Fields) Value.from(Map.of("id", "a1")),
                "change", (Value.Fields) Value.from(Map.of("kind", "create")))));
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(ConfigurationException.class, () -> webhook(yaml)).problems().stream()
                .map(Problem::path)
                .toList();
    }

    @Test
    void the_documented_webhook_is_rendered_sent_and_judged() {
        Value.Fields file = Sources.settings(
                        Docs.configurations("webhooks.md", server.getPort()).get(0))
                .source();
        Value.Fields block = (Value.Fields) ((Value.Fields) file.get("webhooks")).get("notify-crm");
        Settings settings = application();
        Evaluation evaluation = evaluation(Map.of("id", "7/8"));
        server.stubFor(
                post(anyUrl()).willReturn(okJson("{\"data\": {\"id\": 42}}").withStatus(201)));

        try (RestConnector connector = connector()) {
            WebhookDefinition webhook =
                    WebhookDefinition.read("notify-crm", block, settings); // ConfigurationException: every problem
            WebhookCall call = webhook.render(evaluation); // no I/O
            WebhookResult result = webhook.judge(connector.invokeWebhook(call), evaluation); // sent here, and only here

            assertThat(result.isSuccess()).isTrue();
            assertThat(result.taken().get("account")).isEqualTo(Value.of(42));
            webhook.render(evaluation);
            assertThat(server.getAllServeEvents()).as("rendering sends nothing").hasSize(1);
            assertThat(webhook.application()).hasValue("crm");
            assertThat(webhook.description()).startsWith("tells the CRM");
        }
        server.verify(postRequestedFor(urlEqualTo("/v1/persons/7%2F8/accounts"))
                .withHeader("X-Run", equalTo("r1"))
                .withHeader("Idempotency-Key", equalTo("a1"))
                .withHeader("Authorization", equalTo("Bearer " + Sources.SECRET))
                .withRequestBody(
                        equalToJson("{\"login\": \"ada\\\"\", \"mail\": \"ada@example.test\", \"why\": \"create\"}")));
    }

    @Test
    void a_header_cannot_be_broken_out_of() {
        WebhookDefinition webhook = webhook("{url: '${settings.baseUrl}/x', headers: {X-Name: '${record.name}'}}");

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> webhook.render(evaluation(Map.of("name", "a\r\nX-Evil: 1"))));

        assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED);
    }

    @Test
    void a_header_that_says_where_a_message_ends_is_refused() {
        for (String name : List.of(
                "Transfer-Encoding",
                "content-length",
                "Host",
                "Connection",
                "Upgrade",
                "TE",
                "Trailer",
                "Keep-Alive",
                "Proxy-Connection",
                "HTTP2-Settings",
                "Expect")) {
            assertThat(problems("{url: 'https://a.test', headers: {" + name + ": x}}"))
                    .as(name)
                    .containsExactly("headers." + name);
            try (RestConnector connector = connector()) {
                WebhookCall call =
                        WebhookCall.of("POST", URI.create(origin() + "/x")).header(name, "x");
                ConnectorException failure =
                        catchThrowableOfType(ConnectorException.class, () -> connector.invokeWebhook(call));
                assertThat(failure.kind()).as(name).isEqualTo(FailureKind.REJECTED);
            }
        }
        server.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void an_empty_idempotency_key_is_not_a_key() {
        WebhookDefinition webhook =
                webhook("{url: '${settings.baseUrl}/x', headers: {Idempotency-Key: \"${record.key ?? ' '}\"}}");

        WebhookCall without = webhook.render(evaluation(Map.of()));
        assertThat(without.isRepeatable()).isFalse();
        assertThat(without.headers()).doesNotContainKey("Idempotency-Key");
        WebhookCall with = webhook.render(evaluation(Map.of("key", "k1")));
        assertThat(with.isRepeatable()).isTrue();
        assertThat(with.headers()).containsEntry("Idempotency-Key", "k1");
    }

    @Test
    void what_is_taken_does_not_print_a_credential_that_came_back() {
        WebhookDefinition webhook = WebhookDefinition.read(
                "hook",
                Sources.settings("{url: 'https://a.test/${env.TOKEN}', take: {id: /id, all: '', number: /n}}")
                        .source(),
                application());
        String echo = "{\"id\": \"key=" + Sources.SECRET + "\", \"n\": 42, \"list\": [{\"" + Sources.SECRET
                + "\": \"s3cr3t-t0k3n%2F%2B%26%3D\"}]}";

        WebhookResult result = webhook.judge(new WebhookResponse(200, Map.of(), echo), evaluation(Map.of()));

        assertThat(result.toString()).doesNotContain("s3cr3t").contains("[secret]", "number=42");
        assertThat(result.taken().get("id"))
                .as("the value is still there for the call after it")
                .isEqualTo(Value.of(Secret.of("key=" + Sources.SECRET)));
    }

    @Test
    void an_address_without_a_value_is_refused() {
        WebhookDefinition webhook = webhook("{url: '${settings.baseUrl}/x/${record.gone}'}");

        assertThat(catchThrowableOfType(ConnectorException.class, () -> webhook.render(evaluation(Map.of())))
                        .problem()
                        .code())
                .isEqualTo("no-value");
    }

    @Test
    void what_is_wrong_is_told_by_name() {
        assertThat(
                        problems(
                                "{method: FETCH, headers: {'a b': x}, take: {id: data}, colour: red, expect: response.state == 1}"))
                .containsExactlyInAnyOrder("method", "url", "headers.a b", "take.id", "colour", "expect");
        assertThat(
                        problems(
                                "{url: '${settings.url}/x', body: {type: text, content: '${env.X}'}, parameters: {a: '${user.id}'}}"))
                .contains("url", "parameters.a");
    }

    @Test
    void a_fact_of_the_run_that_there_is_not_is_told_with_what_was_meant() {
        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> webhook("{url: 'https://a.test/x', headers: {X-Run: '${run.idd}'}}"))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("headers.X-Run");
                    assertThat(problem.message()).isEqualTo("there is no 'run.idd' here");
                    assertThat(problem.remedy()).contains("did you mean").contains("id");
                });
    }

    @Nested
    class a_body_as_a_map {
        private String body(String content, Map<String, ?> record) {
            return webhook("url: https://a.test\nbody: {type: json, content: " + content + "}")
                    .render(evaluation(record))
                    .body()
                    .orElseThrow();
        }

        @Test
        void leaves_out_what_has_no_value() {
            String content = "{first: '${record.first}', last: '${record.last}', more: {title: '${record.title}'},"
                    + " list: ['${record.first}', '${record.title}'], text: 'Dr ${record.title}', fixed: null}";

            assertThat(body(content, Map.of("first", "Ada")))
                    .isEqualTo("{\"first\":\"Ada\",\"more\":{},\"list\":[\"Ada\"],\"fixed\":null}");
            Map<String, Object> nulls = new java.util.HashMap<>(Map.of("first", ""));
            nulls.put("last", null);
            assertThat(body(content, nulls)).isEqualTo("{\"first\":\"\",\"more\":{},\"list\":[\"\"],\"fixed\":null}");
            assertThat(body("{}", Map.of())).isEqualTo("{}");
        }

        @Test
        void has_values_of_the_kind_that_a_macro_alone_has_and_encodes_them() {
            String content =
                    "{n: '${record.n}', b: '${record.b}', s: 'a ${record.n}', q: '${entry.uid}', on: true, two: 2,"
                            + " l: '${record.l}', secret: '${env.TOKEN}'}";

            assertThat(body(content, Map.of("n", 7, "b", true, "l", List.of(1, "x"))))
                    .isEqualTo(
                            "{\"n\":7,\"b\":true,\"s\":\"a 7\",\"q\":\"ada\\\"\",\"on\":true,\"two\":2,\"l\":[1,\"x\"],"
                                    + "\"secret\":\"" + Sources.SECRET + "\"}");
        }

        @Test
        void is_checked_when_it_is_read() {
            assertThat(problems("url: https://a.test\nbody: {type: json, content: {a: {b: '${recrd.x}'}, c: '${'}}"))
                    .containsExactlyInAnyOrder("body.content", "body.content.c");
        }
    }

    @Nested
    class an_answer {
        private WebhookResult judged(String expect, int status, String body) {
            WebhookDefinition webhook = webhook("{url: '${settings.baseUrl}/x', take: {id: /data/id}" + expect + "}");
            return webhook.judge(
                    new WebhookResponse(status, Map.of("X-Kind", List.of("a")), body), evaluation(Map.of("id", 7)));
        }

        @Test
        void is_a_success_by_its_status_if_nothing_else_is_said() {
            assertThat(judged("", 204, "").isSuccess()).isTrue();
            assertThat(judged("", 404, "{}").isSuccess()).isFalse();
            assertThat(judged("", 404, "{}").reason()).contains("404");
        }

        @Test
        void is_a_success_if_the_condition_holds_and_only_then() {
            String expect = ", expect: response.body.ok == true";

            assertThat(judged(expect, 200, "{\"ok\": true}").isSuccess()).isTrue();
            assertThat(judged(expect, 200, "{\"ok\": false}").isSuccess()).isFalse();
            assertThat(judged(expect, 200, "<html>").isSuccess()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "not delivered: 429",
                    "\"not delivered\"",
                    "",
                    "<html>",
                    "{\"error\": \"cut o",
                    "429",
                    "{} {}",
                    "[{\"error\": \"bad\"}]"
                })
        void is_no_success_if_the_condition_rests_on_parts_of_what_is_no_object(String body) {
            WebhookResult result = judged(", expect: response.body.error is absent", 200, body);

            assertThat(result.isSuccess()).isFalse();
            assertThat(result.reason()).contains("cannot be told whether response.body.error is absent");
            assertThat(judged(", expect: 'response.status == 200 or response.body.error is absent'", 200, body)
                            .isSuccess())
                    .isTrue();
        }

        @Test
        void is_a_success_if_the_object_or_array_has_no_such_part() {
            assertThat(judged(", expect: response.body.error is absent", 200, "{}")
                            .isSuccess())
                    .isTrue();
            assertThat(judged(", expect: 'response.body[0].error is absent'", 200, "[{}]")
                            .isSuccess())
                    .isTrue();
            assertThat(judged(", expect: response.body == 'ok'", 200, "ok").isSuccess())
                    .isTrue();
        }

        @Test
        void may_be_judged_by_a_header_and_by_what_was_sent() {
            assertThat(judged(", expect: response.headers.x-kind == 'a'", 500, "")
                            .isSuccess())
                    .isTrue();
            assertThat(judged(", expect: response.body.id == record.id", 200, "{\"id\": 7}")
                            .isSuccess())
                    .isTrue();
        }

        @Test
        void gives_what_is_taken_from_it_and_keeps_absent_and_unknown_apart() {
            assertThat(judged("", 200, "{\"data\": {\"id\": 1.50}}")
                            .taken()
                            .get("id")
                            .text())
                    .contains("1.50");
            assertThat(judged("", 200, "{\"data\": {}}").taken().get("id")).isEqualTo(Value.absent());
            assertThat(judged("", 200, "OK").taken().get("id")).isInstanceOf(Value.Unknown.class);
        }

        @Test
        void is_taken_by_a_format_too() {
            WebhookDefinition find =
                    webhook("url: https://a.test\nexpect: any(response.body.data, it.mail == entry.mail)\n"
                            + "take: {id: '${item(map(filter(response.body.data, it.mail == entry.mail), it.id), 0)}',"
                            + " status: '${response.status}'}");
            WebhookResult hit = find.judge(
                    new WebhookResponse(
                            200,
                            Map.of(),
                            "{\"data\": [{\"id\": 1, \"mail\": \"b@x\"}, {\"id\": 2, \"mail\": \"ada@example.test\"}]}"),
                    evaluation(Map.of()));
            WebhookResult none = find.judge(new WebhookResponse(200, Map.of(), "{\"data\": []}"), evaluation(Map.of()));

            assertThat(hit.isSuccess()).isTrue();
            assertThat(hit.taken()).containsEntry("id", Value.of(2)).containsEntry("status", Value.of(200));
            assertThat(none.isSuccess()).isFalse();
            assertThat(none.taken()).containsEntry("id", Value.absent());
            assertThat(problems("url: https://a.test\ntake: {id: '${answer.id}'}"))
                    .containsExactly("take.id");
        }
    }

    @Nested
    class sending {
        private final WebhookCall plain =
                WebhookCall.of("POST", URI.create(origin() + "/hook")).body("{}");

        private ConnectorException failure(WebhookCall call) {
            try (RestConnector connector = connector()) {
                return catchThrowableOfType(ConnectorException.class, () -> connector.invokeWebhook(call));
            }
        }

        private WebhookResponse answer(WebhookCall call) {
            try (RestConnector connector = connector()) {
                return connector.invokeWebhook(call);
            }
        }

        @Test
        void a_call_that_must_not_be_repeated_is_ambiguous_when_the_connection_breaks() {
            server.stubFor(post("/hook").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

            assertThat(failure(plain).kind()).isEqualTo(FailureKind.AMBIGUOUS);
            server.verify(1, postRequestedFor(urlEqualTo("/hook")));
        }

        @Test
        void a_call_with_a_stable_key_is_repeated_with_the_same_one() {
            server.stubFor(post("/hook")
                    .inScenario("s")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("up")
                    .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
            server.stubFor(
                    post("/hook").inScenario("s").whenScenarioStateIs("up").willReturn(okJson("{}")));

            assertThat(answer(plain.header("Idempotency-Key", "k1")).status()).isEqualTo(200);
            server.verify(2, postRequestedFor(urlEqualTo("/hook")).withHeader("Idempotency-Key", equalTo("k1")));
        }

        @Test
        void a_status_that_passes_is_waited_out_only_where_it_may_be() {
            server.stubFor(any(urlEqualTo("/hook"))
                    .willReturn(aResponse().withStatus(503).withBody("later")));

            assertThat(answer(plain).status()).isEqualTo(503);
            server.verify(1, anyRequestedFor(urlEqualTo("/hook")));
            WebhookResponse given = answer(WebhookCall.of("PUT", plain.url()));
            assertThat(given.status()).isEqualTo(503);
            assertThat(given.body()).isEqualTo("later");
            server.verify(4, anyRequestedFor(urlEqualTo("/hook")));
        }

        /** It would end at a page with status 200, by a GET without the body. */
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303})
        void a_redirect_that_loses_the_body_is_not_followed(int status) {
            server.stubFor(
                    post("/hook").willReturn(aResponse().withStatus(status).withHeader("Location", "/sign-in")));
            server.stubFor(any(urlEqualTo("/sign-in")).willReturn(okJson("{}")));

            assertThat(failure(plain))
                    .hasMessageContaining("a POST was redirected to")
                    .extracting(ConnectorException::kind)
                    .isEqualTo(FailureKind.REJECTED);
            server.verify(0, anyRequestedFor(urlEqualTo("/sign-in")));
        }

        @ParameterizedTest
        @ValueSource(ints = {307, 308})
        void a_redirect_that_keeps_the_body_is_followed(int status) {
            server.stubFor(
                    post("/hook").willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));
            server.stubFor(post("/elsewhere").willReturn(okJson("{}")));

            assertThat(answer(plain).status()).isEqualTo(200);
            server.verify(1, postRequestedFor(urlEqualTo("/elsewhere")).withRequestBody(equalTo("{}")));
        }

        @Test
        void what_was_never_sent_is_not_ambiguous() {
            try (RestConnector connector = Sources.connector("""
                    settings: {baseUrl: 'http://127.0.0.1:1'}
                    endpoints: [{name: users, url: '${settings.baseUrl}/users', request: {retries: 0}}]
                    """)) {
                WebhookCall nowhere = WebhookCall.of("POST", URI.create("http://127.0.0.1:1/hook"));

                assertThat(catchThrowableOfType(ConnectorException.class, () -> connector.invokeWebhook(nowhere))
                                .kind())
                        .isEqualTo(FailureKind.UNAVAILABLE);
            }
        }

        @Test
        void no_credential_goes_to_another_origin() {
            server.stubFor(any(anyUrl()).willReturn(okJson("{}")));
            URI elsewhere = URI.create("http://localhost:" + server.getPort() + "/hook");

            assertThat(failure(WebhookCall.of("POST", elsewhere)).kind()).isEqualTo(FailureKind.UNTRUSTED_ORIGIN);
            server.verify(0, anyRequestedFor(urlPathEqualTo("/hook")));
        }

        @Test
        void an_answer_that_breaks_off_after_its_status_is_an_answer() {
            server.stubFor(post("/hook")
                    .willReturn(aResponse()
                            .withStatus(201)
                            .withHeader("Content-Length", "1000")
                            .withBody("{\"id\":")));

            assertThat(answer(plain).status()).isEqualTo(201);
        }
    }
}
