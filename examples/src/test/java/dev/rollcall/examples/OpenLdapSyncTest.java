package dev.rollcall.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPInterface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The command against a local application and a real OpenLDAP server, where one is installed. */
@Tag("real")
class OpenLdapSyncTest extends SyncSuite {
    @TempDir
    Path data;

    private final Map<String, String> server = new HashMap<>();
    private LDAPConnection connection;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/slapd")),
                "there is no slapd here; ci/directories/openldap.sh install brings it");
        for (String line : script("start").lines().toList()) {
            String[] pair = line.split("=", 2);
            server.put(pair[0], pair[1]);
        }
        connection = new LDAPConnection();
        String[] address = server.get("LDAP_URL").replace("ldap://", "").split(":", 2);
        connection.connect(address[0], Integer.parseInt(address[1]));
        connection.bind(server.get("BIND_DN"), password());
    }

    @AfterEach
    void stop() throws Exception {
        if (connection != null) {
            connection.close();
            script("stop");
        }
    }

    @Override
    String url() {
        return server.get("LDAP_URL");
    }

    @Override
    String password() {
        return server.getOrDefault("BIND_PASSWORD", "?");
    }

    @Override
    LDAPInterface connection() {
        return connection;
    }

    private String script(String command) throws IOException, InterruptedException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("ci/directories/openldap.sh"))) {
            root = root.getParent();
        }
        Path out = data.resolve("script.out");
        Path errors = data.resolve("script.log");
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("ci/directories/openldap.sh").toString(), command);
        builder.environment().put("OPENLDAP_DIR", data.resolve("ldap").toString());
        // Files and not pipes: the server inherits them and would keep a pipe open for ever.
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("openldap.sh " + command + ": " + Files.readString(errors));
        }
        return Files.readString(out);
    }
}
