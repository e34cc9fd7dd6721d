package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People in a file beside the configuration, made to agree by the command. */
class FileSourceTest {
    private static final String CONFIGURATION = """
            source:
              connector: generic-rest
              primaryKey: id
              endpoints:
                - {name: people, url: file:people.csv, response: {maxAge: 36h}, paging: {type: none}}
            active: record.active
            directory:
              url: %s
              bindDn: cn=admin,dc=example,dc=test
              password: ${env.LDAP_PASSWORD}
              type: openldap
              base: ou=people,dc=example,dc=test
              filter: (objectClass=inetOrgPerson)
            mapping:
              key: {column: id, attribute: employeeNumber}
              dn: uid=${uid},ou=people,dc=example,dc=test
              objectClasses: [top, person, organizationalPerson, inetOrgPerson]
              attributes: {uid: "u${record.id}", sn: "${record.name}", cn: "${record.name}"}
            """;

    @TempDir
    Path folder;

    private final EmbeddedDirectory embedded = EmbeddedDirectory.start("pa55word");
    private Path file = Path.of("people.yaml");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("people.yaml"), CONFIGURATION.formatted(embedded.url()));
        people("id,name,active", "1,Ada,true", "2,Grace,true", "3,Edsger,true");
    }

    @AfterEach
    void stop() {
        embedded.close();
    }

    private void people(String... lines) throws IOException {
        Files.write(folder.resolve("people.csv"), List.of(lines));
    }

    private Captured run(String... words) {
        return Captured.run(Map.of("LDAP_PASSWORD", "pa55word"), List.of(words));
    }

    @Test
    void get_their_entries_and_lose_them_when_they_are_gone() throws Exception {
        assertThat(run("sync", file.toString(), "--apply").status()).isZero();
        assertThat(embedded.server().getEntry("uid=u2," + EmbeddedDirectory.PEOPLE))
                .isNotNull();
        assertThat(run("sync", file.toString(), "--apply").out()).contains("unchanged 3");

        people("id,name,active", "1,Ada,true", "2,Grace,false", "3,Edsger,true");
        Captured gone = run("sync", file.toString(), "--apply");

        assertThat(gone.status()).as(gone.err()).isZero();
        assertThat(gone.out()).contains("disable 1");
    }

    @Test
    void are_left_alone_when_the_file_is_missing() throws IOException, LDAPException {
        run("sync", file.toString(), "--apply");
        Files.delete(folder.resolve("people.csv"));

        Captured missing = run("sync", file.toString(), "--apply");

        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).contains("there is no file " + folder.resolve("people.csv"));
        assertThat(embedded.server().getEntry("uid=u2," + EmbeddedDirectory.PEOPLE))
                .isNotNull();
    }

    @Test
    void are_not_overwritten_by_a_report() {
        Captured over = run(
                "sync",
                file.toString(),
                "--report",
                folder.resolve("people.csv").toString());

        assertThat(over.status()).isEqualTo(2);
    }
}
