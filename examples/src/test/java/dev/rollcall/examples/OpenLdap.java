package dev.rollcall.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real OpenLDAP server with an empty {@code ou=people}, where one is installed. Thread-safe. */
final class OpenLdap implements AutoCloseable {
    private final Path data;
    private final Map<String, String> server = new HashMap<>();
    private final LDAPConnection connection = new LDAPConnection();

    private OpenLdap(Path data) {
        this.data = data;
    }

    /** {@return a server that was started; without one installed the test is skipped} */
    static OpenLdap start(Path data) throws IOException, LDAPException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/slapd")),
                "there is no slapd here; ci/directories/openldap.sh install brings it");
        OpenLdap started = new OpenLdap(data);
        for (String line : started.script("start").lines().toList()) {
            String[] pair = line.split("=", 2);
            started.server.put(pair[0], pair[1]);
        }
        String[] address = started.url().replace("ldap://", "").split(":", 2);
        started.connection.connect(address[0], Integer.parseInt(address[1]));
        started.connection.bind(started.server.get("BIND_DN"), started.password());
        return started;
    }

    String url() {
        return server.getOrDefault("LDAP_URL", "?");
    }

    String password() {
        return server.getOrDefault("BIND_PASSWORD", "?");
    }

    LDAPConnection connection() {
        return connection;
    }

    private String script(String command) throws IOException {
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
        try {
            if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return Files.readString(out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("openldap.sh " + command + ": " + Files.readString(errors));
    }

    @Override
    public void close() throws IOException {
        connection.close();
        script("stop");
    }
}
