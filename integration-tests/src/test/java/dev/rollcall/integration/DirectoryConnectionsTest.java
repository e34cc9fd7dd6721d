package dev.rollcall.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.ConfigurationFile;
import dev.rollcall.configuration.DirectorySettings;
import dev.rollcall.configuration.Environment;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioningtestkit.InMemoryActiveDirectory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom the directory block of a configuration connects, and to whom it does not. */
class DirectoryConnectionsTest {
    private static final String REST = """
            source:
              connector: pipedrive
              authorization: {type: api-key, value: "${env.TOKEN}"}
            mapping:
              key: {attribute: employeeNumber}
              dn: cn=${record.name},dc=example,dc=test
              objectClasses: [top, person, organizationalPerson, inetOrgPerson]
              attributes: {sn: "${record.name}", cn: "${record.name}"}
            """;

    @TempDir
    Path folder;

    private InMemoryDirectoryServer server;
    private Path ca;

    @BeforeEach
    void start() throws Exception {
        ObjectPair<File, char[]> made =
                SelfSignedCertificateGenerator.generateTemporarySelfSignedCertificate("test", "PKCS12");
        File keys = made.getFirst();
        SSLUtil tls = new SSLUtil(new KeyStoreKeyManager(keys, made.getSecond(), "PKCS12", null), null);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys.toPath())) {
            store.load(in, made.getSecond());
        }
        Certificate certificate = store.getCertificate(store.aliases().nextElement());
        ca = Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.addAdditionalBindCredentials("cn=admin", "pa55word");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", null, 0, tls.createSSLSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig("ldaps", 0, tls.createSSLServerSocketFactory()));
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example,dc=test", "objectClass: domain", "dc: example");
        server.startListening();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.shutDown(true);
        }
    }

    private DirectorySettings settings(String url, String more) throws IOException {
        String text = "directory: {url: " + url + ", type: generic, base: 'dc=example,dc=test', bindDn: cn=admin,"
                + " password: '${env.PASSWORD}', disable: {attribute: employeeType, disabled: x, enabled: y}, " + more
                + "}\n" + REST;
        Path file = Files.writeString(folder.resolve("people.yaml"), text);
        Configuration configuration =
                ConfigurationFile.read(file, Environment.of(Map.of("TOKEN", "t0ken", "PASSWORD", "pa55word")));
        return configuration.dataSources().get("default").directory();
    }

    private String address(String scheme, String host) {
        return scheme + "://" + host + ":" + server.getListenPort(scheme);
    }

    private static String trusting(String scheme, Path certificates) {
        return "startTls: " + scheme.equals("ldap") + ", trust: {caFile: '" + certificates + "'}";
    }

    @ParameterizedTest
    @ValueSource(strings = "ldaps")
    void a_server_whose_certificate_is_right_is_taken(String scheme) throws Exception {
        try (Directory directory =
                settings(address(scheme, "127.0.0.1"), trusting(scheme, ca)).open()) {
            assertThat(directory.server()).isEqualTo("127.0.0.1:" + server.getListenPort(scheme));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "ldaps")
    void a_certificate_of_another_ca_is_refused(String scheme) throws Exception {
        try (InMemoryActiveDirectory other = InMemoryActiveDirectory.start()) {
            Path wrong = Files.writeString(folder.resolve("other.pem"), other.certificatePem());
            DirectorySettings settings = settings(address(scheme, "127.0.0.1"), trusting(scheme, wrong));

            DirectoryException refused = catchThrowableOfType(DirectoryException.class, settings::connect);

            assertThat(refused)
                    .hasMessageContaining("connecting to " + address(scheme, "127.0.0.1"))
                    .hasMessageContaining("certificate");
        }
    }

    @Test
    void the_second_server_is_taken_when_the_first_is_dead_and_is_named() throws Exception {
        int dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        String urls = "['ldaps://127.0.0.1:" + dead + "', '" + address("ldaps", "127.0.0.1") + "']";
        try (Directory directory = settings(urls, trusting("ldaps", ca)).open()) {
            assertThat(directory.server()).isEqualTo("127.0.0.1:" + server.getListenPort("ldaps"));
        }
    }

    @Test
    void a_password_goes_in_clear_off_this_machine_only_if_that_is_allowed() throws Exception {
        assertThat(catchThrowableOfType(
                        ConfigurationException.class, () -> settings("ldap://dc1.example.test", "startTls: false")))
                .hasMessageContaining("the password would go over the network in clear");

        assertThat(settings("ldap://dc1.example.test", "allowClearText: true").servers())
                .containsExactly("ldap://dc1.example.test:389");
    }
}
