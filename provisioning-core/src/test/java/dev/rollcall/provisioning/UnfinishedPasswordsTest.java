package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldif.LDIFReader;
import dev.rollcall.connector.Secret;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.source.Source;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run was killed when it had made an account, and had not yet given it the password that it had prepared. */
class UnfinishedPasswordsTest {
    private static final String KEY = "a \"quoted\", Ünusual one";
    private static final String DN = "uid=ada," + Roll.PEOPLE;
    private static final String PREPARED = "Pr3pared-Pa55word";

    @TempDir
    Path folder;

    private Path file;
    private InMemoryDirectoryServer server;

    @BeforeEach
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=test");
        config.setSchema(null);
        config.addAdditionalBindCredentials("cn=rollcall", "s3cret");
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        file = folder.resolve("passwords.csv");
        PasswordDelivery.file(file).prepare(KEY, DN, Secret.of(PREPARED));
    }

    @AfterEach
    void stop() {
        server.shutDown(true);
    }

    private void entry(String key, String creator, String created, String modified) throws Exception {
        String ldif = """
                dn: dc=example,dc=test
                objectClass: domain
                dc: example

                dn: %s
                objectClass: organizationalUnit
                ou: people

                dn: %s
                objectClass: inetOrgPerson
                uid: ada
                cn: Ada
                sn: Lovelace
                employeeNumber:: %s
                creatorsName: %s
                createTimestamp: %s
                modifyTimestamp: %s
                """.formatted(
                        Roll.PEOPLE,
                        DN,
                        java.util.Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)),
                        creator,
                        created,
                        modified);
        try (LDIFReader reader = new LDIFReader(new ByteArrayInputStream(ldif.getBytes(StandardCharsets.UTF_8)))) {
            server.importFromLDIF(true, reader);
        }
    }

    /** The next run, which finds the entry as it should be. */
    private void run() throws Exception {
        Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=ada," + Roll.PEOPLE)
                .objectClasses("inetOrgPerson")
                .attribute("cn", "Ada")
                .attribute("sn", "Lovelace")
                .build();
        LDAPConnection connection = new LDAPConnection("127.0.0.1", server.getListenPort(), "cn=rollcall", "s3cret");
        try (Directory directory = Directory.openLdap(new LDAPConnectionPool(connection, 1, 2))
                .base(Roll.PEOPLE)
                .build()) {
            Reconciler reconciler = Reconciler.builder(
                            Source.of(List.of(UserRecord.of(Map.of("id", KEY)))), mapping, directory)
                    .passwords(PasswordPolicy.generate(20, PasswordDelivery.file(file))
                            .forceChange(false))
                    .leavers(Leavers.ignore())
                    .build();
            try (Plan plan = reconciler.plan()) {
                reconciler.apply(plan);
            }
        }
    }

    private boolean hasPassword() throws Exception {
        return server.getEntry(DN).hasAttribute("userPassword");
    }

    @Test
    void the_next_run_gives_it_to_the_account() throws Exception {
        entry(KEY, "cn=rollcall", "20261123020000Z", "20261123020000Z");

        run();

        assertThat(server.bind(DN, PREPARED).getResultCode().intValue()).isZero();
        assertThat(Files.readAllLines(file).get(1)).startsWith("confirmed,").endsWith("\"" + PREPARED + "\"");
        assertThat(PasswordDelivery.file(file).prepared()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cn=somebody,  20261123020000Z, 20261123020000Z", // somebody else has made it again
        "cn=rollcall,  20261123020000Z, 20261123081500Z", // somebody has changed it, perhaps its password
    })
    void an_account_that_somebody_else_had_in_hands_is_left_alone(String creator, String created, String modified)
            throws Exception {
        entry(KEY, creator, created, modified);

        run();

        assertThat(hasPassword()).isFalse();
        assertThat(Files.readAllLines(file).get(1)).startsWith("prepared ,");
    }

    @Test
    void somebody_else_who_has_the_name_by_now_is_left_alone() throws Exception {
        entry("another", "cn=rollcall", "20261123020000Z", "20261123020000Z");

        run();

        assertThat(hasPassword()).isFalse();
    }

    @Test
    void a_later_password_of_the_same_person_counts() throws Exception {
        PasswordDelivery later = PasswordDelivery.file(file);
        later.prepare(KEY, DN, Secret.of("L4ter-Pa55word"));
        later.confirm(KEY);
        entry(KEY, "cn=rollcall", "20261123020000Z", "20261123020000Z");

        run();

        assertThat(hasPassword()).isFalse();
    }
}
