package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.report.PlanLdif;
import dev.rollcall.provisioning.source.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that a person carries out with OpenLDAP's own command, in place of a run. */
@Tag("real")
class PlanByLdapmodifyTest {
    private static final Path COMMAND = Path.of("/usr/bin/ldapmodify");

    @TempDir
    Path folder;

    private final Map<String, Map<String, Object>> people = new LinkedHashMap<>();
    private RealDirectory server;
    private Directory directory;
    private String base = "";

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(COMMAND), "there is no ldapmodify here; the package ldap-utils brings it");
        server = RealDirectory.openLdap();
        base = "ou=people," + server.baseDn();
        LDAPConnectionPool pool = server.pool(3);
        for (String ou : List.of("north", "south")) {
            pool.add("dn: ou=" + ou + "," + base, "objectClass: organizationalUnit", "ou: " + ou);
        }
        pool.add("dn: cn=staff," + server.baseDn(), "objectClass: groupOfNames", "cn: staff", "member: cn=nobody");
        directory = Directory.openLdap(pool).base(base).build();
    }

    @AfterEach
    void stop() {
        if (directory != null) {
            directory.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void person(String id, String name, String site, Object... more) {
        Map<String, Object> record = new LinkedHashMap<>(Map.of("id", id, "name", name, "site", site));
        for (int i = 0; i < more.length; i += 2) {
            record.put((String) more[i], more[i + 1]);
        }
        people.put(id, record);
    }

    private Reconciler reconciler() {
        Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("cn=${cn},ou=${record.site}," + base)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "S${record.id}")
                .attribute("title", "${record.title}")
                .attribute("jpegPhoto", AttributeRule.format("${record.photo}").binary())
                .attribute("manager", AttributeRule.reference("${record.boss}"))
                .group("cn=staff," + server.baseDn(), "record.staff ?? false")
                .build();
        List<UserRecord> records = people.values().stream().map(UserRecord::of).toList();
        return Reconciler.builder(Source.of(records), mapping, directory)
                .leavers(Leavers.disable().sourceMissing(Leavers.Action.DELETE))
                .categories(Categories.all())
                .allow("maxModify")
                .allow("maxAttributeChange")
                .allow("maxDisableOrDelete")
                .build();
    }

    /** Carries the plan out by hand, and plans again. */
    private void byHand(String expected) throws Exception {
        Path ldif = folder.resolve("plan.ldif");
        try (Plan plan = reconciler().plan()) {
            assertThat(plan.conflicts()).isEmpty();
            assertThat(plan.counts()).hasToString(expected);
            PlanLdif.of(plan).write(ldif);
        }
        List<String> words = new ArrayList<>(List.of(COMMAND.toString(), "-x", "-H", server.setting("LDAP_URL")));
        words.addAll(List.of("-D", server.setting("BIND_DN"), "-w", server.setting("BIND_PASSWORD")));
        words.addAll(List.of("-f", ldif.toString()));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said + Files.readString(ldif)).isZero();
        try (Plan again = reconciler().plan()) {
            assertThat(again.counts()).hasToString("nothing");
            assertThat(again.conflicts()).isEmpty();
        }
    }

    @Test
    void ldapmodify_takes_every_kind_of_change() throws Exception {
        person(
                "1",
                "Ada, \"Countess\" + #1",
                "north",
                "boss",
                "2",
                "title",
                " leading and trailing ",
                "photo",
                "/9j/4AAQ");
        person("2", "Zoë <Müller>; 田中", "north", "boss", "1", "title", ": colon\nand a second line", "staff", true);
        person("3", "Bob", "north", "boss", "1", "title", "x".repeat(300));
        person("4", "Cyd", "north");
        byHand("create 4, groupAdd 1");

        person("1", "Ada Lovelace", "north", "boss", "2", "title", "Countess", "photo", "/9j/4AAR");
        person("2", "Zoë <Müller>; 田中", "south", "boss", "3", "staff", false);
        person("3", "Bob", "north", "staff", true);
        people.remove("4");
        byHand("modify 2, rename 1, move 1, delete 1, groupAdd 1, groupRemove 1");
    }
}
