package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Scope;
import dev.rollcall.rest.GenericRestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {
    private static final String CRM = """
            connectors:
              crm:
                connector: generic-rest
                settings: {baseUrl: "https://crm.example.test"}
                authorization: {type: bearer, token: "${env.TOKEN}"}
            webhooks:
            """;

    @TempDir
    Path folder;

    private FileOfATest file() {
        return new FileOfATest(
                folder, Map.of("TOKEN", "t0ken-of-the-crm", "HOOK", "h00k-of-the-chat"), new GenericRestProvider());
    }

    private Configuration read(String text) {
        return file().read(text);
    }

    private List<String> problems(String text) {
        return file().problems(text);
    }

    @Test
    void a_webhook_has_the_connector_that_it_uses_and_its_settings() {
        Configuration configuration = read(CRM + "  tell: {use: crm, url: \"${settings.baseUrl}/${entry.uid}\"}\n");

        Webhook tell = configuration.webhooks().get("tell");
        assertThat(tell.connector().descriptor().id()).isEqualTo("generic-rest");
        Scope ada = name -> Value.of("ada");
        assertThat(tell.definition().render(Evaluation.of(ada)).url()).hasToString("https://crm.example.test/ada");
    }

    @Test
    void a_webhook_may_use_a_connector_that_needs_no_settings_by_its_id() {
        Configuration configuration =
                read("webhooks: {chat: {use: generic-rest, url: \"https://chat.example.test/${env.HOOK}\","
                        + " body: {type: json, content: '{\"text\": \"${entry.cn}\"}'}}}\n");

        Webhook chat = configuration.webhooks().get("chat");
        var call = chat.definition().render(Evaluation.of(name -> Value.of("Ada")));
        assertThat(call.url()).hasPath("/h00k-of-the-chat");
        assertThat(chat.definition().transcript(call).get(0)).isEqualTo("POST https://chat.example.test/[secret]");
    }

    @Test
    void one_without_use_belongs_to_the_source() {
        assertThat(problems("webhooks:\n  tell: {url: 'https://a.test/x'}\n"))
                .containsExactly("people.yaml:2: webhooks.tell.use: is required;"
                        + " name one under connectors, whose credentials are sent");
    }

    @Test
    void every_mistake_is_told_with_its_line() {
        assertThat(problems(CRM + """
                  one: {use: cmr, url: "${settings.baseUrl}/x"}
                  two:
                    use: crm
                    url: ${settings.bseUrl}/x
                    body: {type: json, content: "{${entyr.mail}}"}
                    take: {id: data.id}
                    hedaers: {a: b}
                """))
                .containsExactlyInAnyOrder(
                        "people.yaml:7: webhooks.one.use: there is no connector 'cmr'; did you mean 'crm'?",
                        "people.yaml:10: webhooks.two.url: there is no setting 'bseUrl'; did you mean 'baseUrl'?",
                        "people.yaml:11: webhooks.two.body.content: there is no 'entyr.mail' here; known here:"
                                + " action.NAME, change.NAME, entry.NAME, link.NAME, record.NAME, result.NAME, run.NAME,"
                                + " settings.NAME",
                        "people.yaml:12: webhooks.two.take.id: is no JSON Pointer; such as /data/id",
                        "people.yaml:13: webhooks.two.hedaers: there is no such key; did you mean 'headers'?");
    }

    /** Known before anything is sent: the address is written down, or a setting. */
    @Test
    void one_that_would_take_the_credentials_elsewhere_is_told_with_its_line() {
        assertThat(problems(CRM + """
                  one: {use: crm, url: "${settings.baseUrl}/x"}
                  two: {use: crm, url: "https://crm.example.test:443/x"}
                  three:
                    use: crm
                    url: https://crm.example.test.evil.test/${entry.uid}
                  four: {use: crm, url: "http://crm.example.test/x"}
                """))
                .containsExactly(
                        "people.yaml:11: webhooks.three.url: the credentials would go to another origin,"
                                + " https://crm.example.test.evil.test; if they belong there, name it in"
                                + " authorization.origins",
                        "people.yaml:12: webhooks.four.url: the credentials would go to another origin,"
                                + " http://crm.example.test; if they belong there, name it in authorization.origins");
        String trusted = CRM.replace("{type: bearer,", "{type: bearer, origins: [\"https://*.evil.test\"],");
        assertThat(problems(trusted + "  one: {use: crm, url: 'https://crm.evil.test'}\n"))
                .isEmpty();
    }

    @Test
    void one_that_goes_where_a_token_says_needs_tokens_and_trusted_places() {
        String told = "  one: {use: crm, url: '${token.api_domain}/x'}\n";
        assertThat(problems(CRM + told))
                .containsExactly(
                        "people.yaml:7: webhooks.one.url: there are no names of 'token.' here; only oauth2 has tokens");
        String oauth = CRM.replace(
                "{type: bearer, token:",
                "{type: oauth2, grant: client-credentials, tokenUrl: \"https://crm.example.test/t\", clientId: us,"
                        + " clientSecret:");
        assertThat(problems(oauth + told))
                .containsExactly(
                        "people.yaml:7: webhooks.one.url: the application says where to call, and no places are"
                                + " trusted; name them in authorization.origins, such as https://*.example.com");
        assertThat(problems(oauth.replace("clientId: us", "clientId: us, origins: ['https://*.example.test']") + told))
                .isEmpty();
    }

    @Test
    void files_of_a_connector_are_looked_for_beside_the_configuration() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "none");
        String text = CRM.replace("{type: bearer, token: \"${env.TOKEN}\"}", """
                {type: oauth2, grant: client-credentials, tokenUrl: "https://crm.example.test/token",
                      clientId: us, clientSecret: "${env.TOKEN}", tokens: {file: sub/tokens.enc, key: "${env.TOKEN}"}}""")
                + "  tell: {use: crm, url: 'https://crm.example.test/'}\n";

        Value authorization = read(text).connectors().get("crm").settings().block("authorization");
        assertThat(authorization)
                .isInstanceOfSatisfying(
                        Value.Fields.class,
                        fields -> assertThat(((Value.Fields) fields.get("tokens"))
                                        .get("file")
                                        .text())
                                .contains(folder.resolve("sub/tokens.enc").toString()));
        assertThat(problems(text.replace("settings:", "http: {trust: {caFile: ca.pem}}\n    settings:")))
                .containsExactly("people.yaml:4: connectors.crm.http.trust.caFile: holds no certificate in PEM");
        assertThat(problems(text.replace("settings:", "http: {trust: {caFile: no.pem}}\n    settings:")))
                .singleElement()
                .asString()
                .contains("the file " + folder.resolve("no.pem") + " cannot be read");
    }

    @Test
    void a_source_cannot_do_without_endpoints() {
        assertThat(problems("source: {connector: generic-rest}\n"))
                .anyMatch(problem -> problem.startsWith("people.yaml:1: source.endpoints: is required"));
    }

    @Test
    void credentials_of_a_connector_without_endpoints_belong_somewhere() {
        assertThat(problems(CRM.replace("baseUrl", "base")))
                .anyMatch(problem -> problem.contains("connectors.crm.authorization.origins")
                        && problem.contains("no endpoint says where the credentials belong"));
        assertThat(problems(CRM.replace("https:", "http:")))
                .anyMatch(problem ->
                        problem.contains("connectors.crm.settings.baseUrl") && problem.contains("without TLS"));
    }
}
