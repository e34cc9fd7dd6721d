package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code webhook}, against the configuration that docs/webhooks.md shows. */
class SendWebhookTest {
    private static final String KEY = "k3y-of-the-crm";
    private static final String ADA = "uid=ada,ou=people,dc=example,dc=test";

    @TempDir
    Path folder;

    private final EmbeddedDirectory directory = EmbeddedDirectory.start("pa55word");
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer crm;
    private volatile int status = 201;
    private volatile String answer = "{\"data\": {\"id\": 42}}";

    @BeforeEach
    void start() throws IOException, LDAPException {
        crm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        crm.createContext("/", this::answer);
        crm.start();
        try {
            directory
                    .server()
                    .add(
                            "dn: " + ADA,
                            "objectClass: inetOrgPerson",
                            "cn: Ada",
                            "sn: Lovelace",
                            "uid: ada",
                            "employeeNumber: 7",
                            "mail: ada@example.test");
            directory
                    .server()
                    .add(
                            "dn: cn=sales,ou=people,dc=example,dc=test",
                            "objectClass: groupOfNames",
                            "cn: sales",
                            "member: " + ADA);
        } catch (com.unboundid.ldif.LDIFException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        crm.stop(0);
        directory.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = exchange.getRequestHeaders().getFirst("x-api-key");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + key + " " + body);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? 200 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The configuration of the page that is a whole file. */
    private String documented() {
        return DocumentedPage.of("webhooks.md").blocks("yaml").stream()
                .filter(block -> block.startsWith("connectors:"))
                .findFirst()
                .orElseThrow()
                .replace("http://127.0.0.1:8080", url())
                .replace("ldap://127.0.0.1:1389", directory.url());
    }

    private String url() {
        return "http://127.0.0.1:" + crm.getAddress().getPort();
    }

    private Captured webhook(String text, String... words) throws IOException {
        Path file = Files.writeString(folder.resolve("people.yaml"), text);
        List<String> all = new ArrayList<>(List.of("webhook", file.toString()));
        all.addAll(Arrays.asList(words));
        return Captured.run(Map.of("CRM_KEY", KEY, "LDAP_PASSWORD", "pa55word"), all);
    }

    @Test
    void renders_for_a_user_and_sends_nothing() throws IOException {
        Captured run = webhook(documented(), "notify-crm", "--dn", ADA);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("POST " + url() + "/persons/7/accounts?notify=ada%40example.test")
                .contains("x-api-key: [secret]")
                .contains("{\"login\": \"ada\", \"mail\": \"ada@example.test\", \"why\": \"manual\"}")
                .contains("not sent")
                .doesNotContain(KEY);
        assertThat(requests).isEmpty();
    }

    @Test
    void sends_with_the_credentials_and_shows_the_answer_and_what_was_taken() throws IOException {
        answer = "{\"data\": {\"id\": 42}, \"key\": \"" + KEY + "\"}";

        Captured run = webhook(documented(), "notify-crm", "--dn", ADA, "--send");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /persons/7/accounts")
                .contains(KEY);
        assertThat(run.out())
                .contains("status 201", "\"key\": \"[secret]\"", "taken: account = 42", "success")
                .doesNotContain(KEY);
    }

    @Test
    void hides_a_credential_in_what_was_taken() throws IOException {
        answer = "{\"data\": {\"id\": [\"" + KEY + "\", 7]}}";

        Captured run = webhook(documented(), "notify-crm", "--dn", ADA, "--send");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("taken: account = ").contains("[secret]").doesNotContain(KEY);
    }

    @Test
    void an_answer_that_is_not_expected_is_status_5() throws IOException {
        status = 422;
        answer = "{\"error\": \"no such person\"}";

        Captured run = webhook(documented(), "notify-crm", "--dn", ADA, "--send");

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.out()).contains("status 422", "no such person");
        assertThat(run.err()).contains("no success: status 422");
    }

    @Test
    void renders_for_a_group() throws IOException {
        String groups = documented() + "  group: {use: crm, url: '${settings.baseUrl}/teams/${entry.cn}',"
                + " body: {type: json, content: '{\"dn\": ${entry.dn}, \"members\": ${entry.member}}'}}\n";

        Captured run = webhook(groups, "group", "--dn", "cn=sales,ou=people,dc=example,dc=test");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("/teams/sales")
                .contains("{\"dn\": \"cn=sales,ou=people,dc=example,dc=test\", \"members\": \"" + ADA + "\"}");
    }

    @Test
    void renders_attributes_by_any_of_their_names() throws IOException {
        String text =
                documented().replace("${entry.employeeNumber}", "${entry['2.16.840.1.113730.3.1.3']}-${entry.surname}");

        Captured run = webhook(text, "notify-crm", "--dn", ADA);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("7-");
        assertThat(run.err()).doesNotContain("has no value");
    }

    @Nested
    class what_the_user_lacks {
        @Test
        void is_named_and_a_url_cannot_do_without() throws IOException {
            String text = documented().replace("${entry.employeeNumber}", "${entry.title}");

            Captured run = webhook(text, "notify-crm", "--dn", ADA, "--send");

            assertThat(run.status()).isEqualTo(5);
            assertThat(run.err()).contains("note: entry.title has no value here", "REJECTED");
            assertThat(requests).isEmpty();
        }

        @Test
        void an_entry_that_is_not_there_is_status_6() throws IOException {
            Captured run = webhook(documented(), "notify-crm", "--dn", "uid=bob,ou=people,dc=example,dc=test");

            assertThat(run.status()).isEqualTo(6);
            assertThat(run.err()).contains("there is no entry uid=bob");
        }
    }

    @Nested
    class the_record_of_a_user {
        private String withSource() throws IOException {
            return documented() + """
                      by-record: {url: "${settings.baseUrl}/people/${record.nick}"}
                    source:
                      connector: generic-rest
                      settings: {baseUrl: "%s"}
                      primaryKey: id
                      endpoints: [{name: users, url: "${settings.baseUrl}/users", records: /data}]
                    mapping:
                      key: {attribute: employeeNumber}
                      dn: uid=${uid},ou=people,dc=example,dc=test
                      objectClasses: [inetOrgPerson]
                      attributes: {uid: "${record.nick}", sn: "${record.nick}", cn: "${record.nick}"}
                    """.formatted(url());
        }

        @Test
        void is_read_from_the_source_by_the_key_of_the_entry_if_a_macro_asks_for_it() throws IOException {
            answer = "{\"data\": [{\"id\": 6, \"nick\": \"b\"}, {\"id\": 7, \"nick\": \"count/ess\"}]}";

            Captured run = webhook(withSource(), "by-record", "--dn", ADA);

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains("/people/count%2Fess");
        }

        @Test
        void is_found_by_a_key_whose_attribute_has_another_name() throws IOException {
            answer = "{\"data\": [{\"id\": 7, \"nick\": \"countess\"}]}";
            String text = withSource().replace("attribute: employeeNumber", "attribute: 2.16.840.1.113730.3.1.3");

            Captured run = webhook(text, "by-record", "--dn", ADA);

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains("/people/countess");
        }

        @Test
        void is_not_read_if_no_macro_asks_for_it() throws IOException {
            assertThat(webhook(withSource(), "notify-crm", "--dn", ADA).status())
                    .isZero();
            assertThat(requests).isEmpty();
        }

        @Test
        void a_source_that_cannot_be_read_is_status_4() throws IOException {
            answer = "{\"people\": []}";

            assertThat(webhook(withSource(), "by-record", "--dn", ADA).status()).isEqualTo(4);
        }
    }

    @Test
    void every_fault_of_arguments_and_file_is_told_before_anything_is_contacted() throws IOException {
        String text = documented()
                .replace("use: crm", "use: cmr")
                .replace("method: POST", "method: POTS")
                .replace("entry.uid", "entyr.uid")
                .replace("/data/id", "data.id")
                .replace("expect:", "expct:");

        Captured run = webhook(text, "notify-crm", "--dn", "ada");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("webhooks.notify-crm.use", "did you mean 'crm'?")
                .contains("webhooks.notify-crm.method")
                .contains("webhooks.notify-crm.body.content", "there is no 'entyr.uid' here")
                .contains("webhooks.notify-crm.take.account")
                .contains("webhooks.notify-crm.expct", "did you mean 'expect'?")
                .contains("'ada' is no DN");
        assertThat(run.err().lines().filter(line -> line.matches("people\\.yaml:[0-9]+: .*")))
                .hasSizeGreaterThan(4);
        assertThat(webhook(documented(), "notify-cmr", "--dn", ADA).err()).contains("did you mean 'notify-crm'?");
        assertThat(webhook(documented()).err()).contains("NAME", "--dn");
    }
}
