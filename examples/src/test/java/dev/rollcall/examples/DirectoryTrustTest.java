package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories whose certificate is right, or wrong in one way: a password goes to the first alone. */
class DirectoryTrustTest {
    private static final char[] STORE = "st0repass".toCharArray();

    @TempDir
    static Path stores;

    @TempDir
    Path folder;

    private final UserApi api = new UserApi();
    private final AtomicInteger binds = new AtomicInteger();
    private InMemoryDirectoryServer server;

    @BeforeAll
    static void certificates() {
        certificate("right", "localhost", "-ext", "san=dns:localhost");
        certificate("elsewhere", "other.example.test", "-ext", "san=dns:other.example.test");
        certificate("of_another_name", "localhost", "-ext", "san=dns:other.example.test");
        certificate("of_another_subdomain", "localhost", "-ext", "san=dns:*.localhost");
        certificate("without_other_names", "localhost");
        certificate("expired", "localhost", "-ext", "san=dns:localhost", "-startdate", "-20d", "-validity", "10");
    }

    @BeforeEach
    void people() {
        api.serve(UserApi.users(3));
    }

    @AfterEach
    void stop() {
        api.close();
        if (server != null) {
            server.shutDown(true);
        }
    }

    /** Makes a certificate that signs itself, and is the CA of those who trust it. */
    private static void certificate(String name, String host, String... options) {
        String store = stores.resolve(name + ".p12").toString();
        List<String> make = new ArrayList<>(List.of("-genkeypair", "-dname", "CN=" + host, "-keyalg", "EC"));
        make.addAll(List.of(options));
        keytool(store, make);
        keytool(store, List.of("-exportcert", "-rfc", "-file", authority(name).toString()));
    }

    private static void keytool(String store, List<String> options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(options);
        words.addAll(List.of("-alias", "server", "-keystore", store, "-storetype", "PKCS12"));
        words.addAll(List.of("-storepass", new String(STORE)));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path authority(String name) {
        return stores.resolve(name + ".pem");
    }

    private void serve(String certificate) throws Exception {
        File store = stores.resolve(certificate + ".p12").toFile();
        SSLUtil tls = new SSLUtil(new KeyStoreKeyManager(store, STORE, "PKCS12", "server"), null);
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.setSchema(null);
        config.addAdditionalBindCredentials("cn=admin,dc=example,dc=test", "pa55word");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", null, 0, tls.createSSLSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig("ldaps", 0, tls.createSSLServerSocketFactory()));
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) {
                binds.incrementAndGet();
            }
        });
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
        server.add("dn: ou=people,dc=example,dc=test", "objectClass: organizationalUnit", "ou: people");
        server.startListening();
    }

    private String url(String scheme) {
        return scheme + "://localhost:" + server.getListenPort(scheme);
    }

    private Captured sync(String scheme, Path authority) throws IOException {
        String trust = "  startTls: " + scheme.equals("ldap") + "\n  trust: {caFile: '" + authority + "'}\n";
        String configuration =
                SyncSuite.CONFIGURATION.formatted(api.url(), url(scheme)).replace("  bindDn:", trust + "  bindDn:");
        Path file = Files.writeString(folder.resolve("people.yaml"), configuration);
        return Captured.run(
                Map.of("API_KEY", "k3y", "LDAP_PASSWORD", "pa55word"), List.of("sync", file.toString(), "--apply"));
    }

    private void isRefused(Path authority, String reason) throws IOException {
        for (String scheme : List.of("ldaps", "ldap")) {
            Captured run = sync(scheme, authority);

            assertThat(run.status()).as(run.toString()).isEqualTo(6);
            assertThat(run.err())
                    .startsWith("directory: UNAVAILABLE, connecting to " + url(scheme) + ": ")
                    .contains(reason)
                    .endsWith("; check that the server runs, its address, and the certificate\n");
        }
        assertThat(binds).as("passwords that were sent").hasValue(0);
    }

    @Test
    void a_certificate_of_the_ca_and_for_the_host_is_accepted() throws Exception {
        serve("right");

        assertThat(sync("ldaps", authority("right")).out()).contains("applied: create 3");
        assertThat(sync("ldap", authority("right")).out()).contains("nothing to do; unchanged 3");
        assertThat(binds.get()).isPositive();
    }

    @Test
    void a_certificate_for_another_host_is_refused() throws Exception {
        serve("elsewhere");

        isRefused(
                authority("elsewhere"),
                "the expected hostname 'localhost' was not found in peer certificate 'subject='CN=other.example.test'");
    }

    @Test
    void a_certificate_whose_other_names_are_of_another_host_is_refused_although_its_common_name_is_right()
            throws Exception {
        serve("of_another_name");

        isRefused(authority("of_another_name"), "the expected hostname 'localhost' was not found");
    }

    @Test
    void a_certificate_for_subdomains_of_the_host_is_refused() throws Exception {
        serve("of_another_subdomain");

        isRefused(authority("of_another_subdomain"), "the expected hostname 'localhost' was not found");
    }

    @Test
    void a_certificate_with_a_common_name_alone_is_accepted() throws Exception {
        serve("without_other_names");

        assertThat(sync("ldaps", authority("without_other_names")).out()).contains("applied: create 3");
    }

    @Test
    void a_certificate_of_another_ca_is_refused() throws Exception {
        serve("right");

        isRefused(
                authority("elsewhere"), "'CN=localhost' nor any of its issuers was found in the PEM file trust store");
    }

    @Test
    void a_certificate_that_has_expired_is_refused() throws Exception {
        serve("expired");

        isRefused(authority("expired"), "Certificate 'CN=localhost' is outside of the validity window");
    }
}
