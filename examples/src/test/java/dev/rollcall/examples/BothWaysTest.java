package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example that goes both ways: Pipedrive to the directory to Apollo, and back to Pipedrive. */
class BothWaysTest {
    private static final String FILE = "both-ways.yaml";

    private final Map<Integer, String> names = new TreeMap<>();
    private final TreeSet<Integer> deactivated = new TreeSet<>();
    private EmbeddedDirectory directory;
    private ScimStandIn apollo;
    private HttpServer pipedrive;

    @BeforeEach
    void start() throws IOException {
        directory = EmbeddedDirectory.start("pa55word");
        apollo = ScimStandIn.start("scim-secret");
        pipedrive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pipedrive.createContext("/api/v1/users", this::answer);
        pipedrive.start();
        for (int id = 1; id <= 12; id++) {
            names.put(id, "First" + id + " Last" + id);
        }
    }

    @AfterEach
    void stop() {
        directory.close();
        apollo.close();
        pipedrive.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PUT")
                    && new String(body, StandardCharsets.UTF_8).contains("\"active_flag\": false")) {
                deactivated.add(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
            }
            List<String> users = new ArrayList<>();
            names.forEach((id, name) -> users.add("""
                    {"id": %d, "name": "%s", "email": "U%d@example.test", "active_flag": %b}""".formatted(id, name, id, !deactivated.contains(id))));
            byte[] bytes = ("{\"success\": true, \"data\": [" + String.join(", ", users) + "]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Captured run(String... words) {
        Map<String, String> environment = Map.of(
                "PIPEDRIVE_URL",
                "http://127.0.0.1:" + pipedrive.getAddress().getPort(),
                "PIPEDRIVE_TOKEN",
                "crm-secret",
                "APOLLO_SCIM_URL",
                apollo.url(),
                "APOLLO_SCIM_TOKEN",
                "scim-secret",
                "LDAP_URL",
                directory.url(),
                "LDAP_PASSWORD",
                "pa55word");
        Captured run = Captured.run(environment, List.of(words));
        assertThat(run.status()).as(run.toString()).isZero();
        return run;
    }

    @Test
    void a_user_of_pipedrive_arrives_in_apollo_and_one_disabled_in_between_is_deactivated_on_both_sides()
            throws Exception {
        run("sync", FILE, "--apply");
        run("provision", FILE, "apollo", "--apply");
        assertThat(apollo.active()).isEqualTo(12);

        // Pipedrive owns the name, the directory the title, and both get through to Apollo.
        names.put(3, "First3 Married");
        String three = directory.person("3").orElseThrow().getDN();
        directory.server().modify(three, new Modification(ModificationType.ADD, "title", "Engineer"));
        run("sync", FILE, "--apply");
        run("provision", FILE, "apollo", "--apply");
        assertThat(apollo.user("u3@example.test").orElseThrow().toString())
                .contains("\"familyName\":\"Married\"", "\"title\":\"Engineer\"");

        // Somebody is disabled in the directory, by hand: no run takes that back.
        String four = directory.person("4").orElseThrow().getDN();
        directory
                .server()
                .modify(four, new Modification(ModificationType.ADD, "pwdAccountLockedTime", "000001010000Z"));
        run("sync", FILE, "--apply");
        run("provision", FILE, "apollo", "--apply");
        run("webhook", FILE, "leaver", "--dn", four, "--send");
        assertThat(apollo.activeByName()).containsEntry("u4@example.test", false);
        assertThat(deactivated).containsExactly(4);

        assertThat(run("sync", FILE, "--apply").out()).contains("nothing to do");
        assertThat(run("provision", FILE, "apollo", "--apply").out()).contains("nothing to do");
    }
}
