package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.rest.internal.decoding.JsonText;
import dev.rollcall.rest.internal.settings.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where a secret lands, and how it is encoded there. */
class SecretPlacesTest {
    private static final String SLY = "a\"b<c>&'d/../e?f=g#h ${record.id}%\\";

    /** A text in which {@code @} is a reference to the secret, as the configuration makes it. */
    private static Value with(String text, String secret) {
        return new Value.Sensitive(
                Secret.of(text.replace("@", secret)),
                Secret.of(text.replace("@", Value.Sensitive.macro(secret))),
                List.of(Secret.of(secret)));
    }

    private static WebhookCall render(Value url, Map<String, Value> block) {
        Map<String, Value> keys = new LinkedHashMap<>(block);
        keys.put("url", url);
        Settings application = Sources.settings("settings: {baseUrl: 'https://crm.test/v1'}");
        return WebhookDefinition.read("hook", Value.of(keys), application)
                .render(Evaluation.of(Scope.of(Map.of("record", (Value.Fields) Value.from(Map.of("id", "7"))))));
    }

    private static String body(String type, String content) {
        Map<String, Value> body = Map.of("type", Value.of(type), "content", with(content, SLY));
        return render(Value.of("https://crm.test/x"), Map.of("body", Value.of(body)))
                .body()
                .orElseThrow();
    }

    @Nested
    class a_url {
        @Test
        void has_it_as_one_segment_of_the_path_and_one_value_of_the_query() {
            WebhookCall call = render(with("${settings.baseUrl}/${record.id}/@/end?k=@&l=1", SLY), Map.of());

            String encoded = "a%22b%3Cc%3E%26%27d%2F..%2Fe%3Ff%3Dg%23h%20%24%7Brecord.id%7D%25%5C";
            assertThat(call.url()).hasToString("https://crm.test/v1/7/" + encoded + "/end?k=" + encoded + "&l=1");
        }

        @Test
        void may_begin_with_it() {
            assertThat(render(with("@/users?x=1", "https://api.test:8443/v2/"), Map.of())
                            .url())
                    .hasToString("https://api.test:8443/v2/users?x=1");
            assertThat(render(with("@", "https://api.test/hooks/T0/B1?x=1"), Map.of())
                            .url())
                    .hasToString("https://api.test/hooks/T0/B1?x=1");
        }

        @Test
        void may_have_it_in_the_host_which_it_does_not_leave() {
            assertThat(render(with("https://@.crm.test/x", "acme"), Map.of()).url())
                    .hasToString("https://acme.crm.test/x");
            assertThat(render(with("https://@/x", "acme.test:8443"), Map.of()).url())
                    .hasToString("https://acme.test:8443/x");
            for (String sly : List.of("evil.test/", "evil.test?", "evil.test#", "a@evil.test", "evil.test\\", "a b")) {
                ConnectorException failure = catchThrowableOfType(
                        ConnectorException.class, () -> render(with("https://@.crm.test/x", sly), Map.of()));
                assertThat(failure.problem().code()).as(sly).isEqualTo("url");
                assertThat(failure).hasMessageNotContaining("evil");
            }
        }

        @Test
        void of_a_grant_has_it_encoded_too() {
            AuthorizationSettings read = authorization(with("https://login.test/@/token", "a/b c"));

            assertThat(read.oauth().settings().tokenUrl()).hasToString("https://login.test/a%2Fb%20c/token");
        }

        @Test
        void of_a_grant_is_refused_if_it_leaves_the_host() {
            ConfigurationException failure = catchThrowableOfType(
                    ConfigurationException.class,
                    () -> authorization(with("https://@.login.test/token", "evil.test/")));

            assertThat(failure.problems()).extracting(Problem::path).contains("tokenUrl");
        }

        private AuthorizationSettings authorization(Value tokenUrl) {
            List<Problem> problems = new java.util.ArrayList<>();
            Map<String, Value> block = Map.of(
                    "type", Value.of("oauth2"),
                    "grant", Value.of("client-credentials"),
                    "tokenUrl", tokenUrl,
                    "clientId", Value.of("id"),
                    "clientSecret", Value.of(Secret.of("secret")));
            AuthorizationSettings read = AuthorizationReader.read(
                    new Node("", Value.of(block), AuthorizationReader.KEYS, problems),
                    Evaluation.of(Scope.of(Map.of())));
            if (!problems.isEmpty()) {
                throw new ConfigurationException(problems);
            }
            return read;
        }
    }

    @Nested
    class a_body {
        @Test
        void of_json_has_it_as_a_string() {
            assertThat(JsonText.parse(body("json", "{\"in\": \"<@>\", \"alone\": @}")))
                    .hasValue(Value.from(Map.of("in", "<" + SLY + ">", "alone", SLY)));
        }

        @Test
        void of_xml_has_it_as_text_and_as_an_attribute() {
            assertThat(body("xml", "<a b=\"@\">@</a>"))
                    .isEqualTo("<a b=\"" + xml() + "\">" + xml() + "</a>")
                    .doesNotContain("<c>");
        }

        private String xml() {
            return "a&quot;b&lt;c&gt;&amp;&#39;d/../e?f=g#h ${record.id}%\\";
        }

        @Test
        void of_text_has_it_as_it_is() {
            assertThat(body("text", "key: @")).isEqualTo("key: " + SLY);
        }

        @Test
        void of_a_form_has_it_as_one_value() {
            Map<String, Value> form =
                    Map.of("type", Value.of("form"), "content", Value.of(Map.of("k", with("@", "a&b=c"))));

            assertThat(render(Value.of("https://crm.test/x"), Map.of("body", Value.of(form)))
                            .body())
                    .hasValue("k=a%26b%3Dc");
        }
    }

    @Nested
    class a_header_and_a_parameter {
        @Test
        void have_it_as_one_value() {
            WebhookCall call = render(
                    Value.of("https://crm.test/x"),
                    Map.of(
                            "headers", Value.of(Map.of("X-Key", with("Key @", "it's"))),
                            "parameters", Value.of(Map.of("k", with("@", "a&b=c")))));

            assertThat(call.headers()).containsEntry("X-Key", "Key it's");
            assertThat(call.url()).hasToString("https://crm.test/x?k=a%26b%3Dc");
        }
    }
}
