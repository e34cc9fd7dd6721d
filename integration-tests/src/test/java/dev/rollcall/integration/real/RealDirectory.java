package dev.rollcall.integration.real;

import static org.junit.jupiter.api.Assumptions.abort;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A directory server of its own for a test class, started by a script of {@code ci/directories} and deleted with its
 * data when closed. Where the server is not installed the tests that ask for it are skipped. Thread-safe.
 */
public final class RealDirectory implements AutoCloseable {
    private final Path script;
    private final String folderVariable;
    private final Path folder;
    private final Map<String, String> settings;

    private RealDirectory(Path script, String folderVariable, Path folder, Map<String, String> settings) {
        this.script = script;
        this.folderVariable = folderVariable;
        this.folder = folder;
        this.settings = settings;
    }

    /** {@return a new OpenLDAP} */
    public static RealDirectory openLdap() {
        return start("openldap.sh", "OPENLDAP_DIR");
    }

    /** {@return a new Samba that is an Active Directory domain controller; needs root} */
    public static RealDirectory activeDirectory() {
        return start("samba-ad.sh", "SAMBA_AD_DIR");
    }

    /** {@return a new 389 Directory Server; needs root} */
    public static RealDirectory directoryServer389() {
        return start("389ds.sh", "DS389_DIR");
    }

    private static RealDirectory start(String name, String folderVariable) {
        try {
            Path script = root().resolve("ci/directories").resolve(name);
            Path folder = Files.createTempDirectory("rollcall-");
            Map<String, String> settings = new HashMap<>();
            for (String line : run(script, "start", folderVariable, folder).split("\n")) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    settings.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return new RealDirectory(script, folderVariable, folder, Map.copyOf(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return one of the values that the script prints, such as {@code BASE_DN}} */
    public String setting(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException(script.getFileName() + " prints no " + key);
        }
        return value;
    }

    /** {@return the DN below which there is room for tests} */
    public String baseDn() {
        return setting("BASE_DN");
    }

    /** {@return a pool of TLS connections, bound as the administrator; close it} */
    public LDAPConnectionPool pool(int connections) {
        try {
            String[] address = setting("LDAPS_URL").replace("ldaps://", "").split(":");
            SSLUtil tls = new SSLUtil(new PEMFileTrustManager(new File(setting("CA_CERT"))));
            LDAPConnection connection =
                    new LDAPConnection(tls.createSSLSocketFactory(), address[0], Integer.parseInt(address[1]));
            connection.bind(setting("BIND_DN"), setting("BIND_PASSWORD"));
            return new LDAPConnectionPool(connection, connections);
        } catch (LDAPException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot connect to " + setting("LDAPS_URL"), e);
        }
    }

    /** Ends the server as a crash would. */
    public void kill() {
        try {
            String pid = Files.readString(folder.resolve("server.pid")).split(" ")[0];
            ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            server.destroyForcibly();
            server.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again, with its data, at the address that it had. */
    public void restart() {
        try {
            run(script, "start", folderVariable, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server and deletes its data. */
    @Override
    public void close() {
        try {
            run(script, "reset", folderVariable, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(Path script, String command, String folderVariable, Path folder) throws IOException {
        Path out = Files.createTempFile("rollcall-", ".out");
        Path err = Files.createTempFile("rollcall-", ".err");
        try {
            // Files and not pipes: the server inherits them and would keep a pipe open for ever.
            ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put(folderVariable, folder.toString());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException(script.getFileName() + " " + command + " took too long");
            }
            String complaint = Files.readString(err);
            if (complaint.contains("is not installed") || complaint.contains("must run as root")) {
                abort("no server: " + complaint.strip());
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(script.getFileName() + " " + command + " failed: " + complaint);
            }
            return Files.readString(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("ci/directories"))) {
            root = root.getParent();
        }
        return root;
    }
}
