package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.MappingBuilder;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.Source;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of leavers, and of people who return, where the server has ways of its own. */
@Tag("real")
class LeaversOnRealServersTest {
    /** One server, with a container of its own for each test. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnAServer {
        final List<UserRecord> people = new ArrayList<>();
        UnaryOperator<ReconcilerBuilder> policies = builder -> builder;
        UnaryOperator<DirectoryBuilder> settings = builder -> builder;
        RealDirectory server;
        LDAPConnectionPool administrator;
        String base;
        private int count;

        abstract RealDirectory start();

        abstract DirectoryBuilder builder(LDAPConnectionPool pool);

        abstract MappingBuilder mapping();

        @BeforeAll
        void startServer() {
            server = start();
            administrator = server.pool(2);
        }

        @BeforeEach
        void makeContainer() throws Exception {
            base = "ou=t" + ++count + "," + server.baseDn();
            container(base);
            people.clear();
            policies = builder -> builder;
            settings = builder -> builder;
        }

        @AfterAll
        void close() {
            administrator.close();
            server.close();
        }

        void container(String dn) throws Exception {
            administrator.add("dn: " + dn, "objectClass: organizationalUnit");
        }

        void person(int id, boolean active) {
            people.add(UserRecord.of(Map.of("id", Integer.toString(id), "name", "p" + count + id, "active", active)));
        }

        LDAPConnectionPool pool(String name, String password) throws Exception {
            String[] address =
                    server.setting("LDAPS_URL").replace("ldaps://", "").split(":");
            SSLUtil tls = new SSLUtil(new PEMFileTrustManager(new File(server.setting("CA_CERT"))));
            LDAPConnection connection =
                    new LDAPConnection(tls.createSSLSocketFactory(), address[0], Integer.parseInt(address[1]));
            connection.bind(name, password);
            return new LDAPConnectionPool(connection, 2);
        }

        /** Plans and applies as the administrator; returns the changes and the conflicts. */
        List<String> run() throws Exception {
            return run(server.pool(4), mapping().build());
        }

        List<String> run(LDAPConnectionPool pool, Mapping mapping) {
            try (Directory directory = settings.apply(builder(pool).base(base)).build()) {
                Reconciler reconciler = policies.apply(Reconciler.builder(
                                        Source.of(List.copyOf(people)).active("record.active"), mapping, directory)
                                .allow("maxDisableOrDelete")
                                .allow("maxModify")
                                .allow("maxCreate"))
                        .build();
                try (Plan plan = reconciler.plan()) {
                    List<String> found = new ArrayList<>();
                    plan.changes().map(OnAServer::text).forEach(found::add);
                    plan.conflicts().stream().map(OnAServer::text).forEach(found::add);
                    reconciler.apply(plan).close();
                    return found;
                }
            }
        }

        private static String text(Change change) {
            return change.kind().word() + " " + change.key();
        }

        private static String text(Conflict conflict) {
            return conflict.situation() + " " + conflict.key() + ": " + conflict.detail();
        }

        SearchResultEntry read(String dn, String... attributes) throws LDAPException {
            return administrator.getEntry(dn, attributes);
        }
    }

    @Nested
    class On_samba extends OnAServer {
        @Override
        RealDirectory start() {
            return RealDirectory.activeDirectory();
        }

        @Override
        DirectoryBuilder builder(LDAPConnectionPool pool) {
            return Directory.activeDirectory(pool);
        }

        @Override
        MappingBuilder mapping() {
            return Mapping.builder()
                    .key("id", "employeeNumber")
                    .dn("cn=${record.name}," + base)
                    .objectClasses("top", "person", "organizationalPerson", "user")
                    .attribute("sAMAccountName", "${record.name}");
        }

        private void account(String name, String... more) throws Exception {
            List<String> lines = new ArrayList<>(
                    List.of("dn: cn=" + name + "," + base, "objectClass: user", "sAMAccountName: " + name));
            lines.addAll(List.of(more));
            administrator.add(lines.toArray(String[]::new));
            // Without a password an account cannot be enabled: a flag says that it needs none.
            administrator.modify(
                    "cn=" + name + "," + base, new Modification(ModificationType.REPLACE, "userAccountControl", "544"));
        }

        @Test
        void a_group_nested_in_a_privileged_one_takes_nobody() throws Exception {
            String outer = "cn=outer," + base;
            String inner = "cn=inner," + base;
            administrator.add("dn: " + outer, "objectClass: group", "sAMAccountName: outer");
            administrator.add("dn: " + inner, "objectClass: group", "sAMAccountName: inner");
            administrator.modify(outer, new Modification(ModificationType.ADD, "member", inner));
            administrator.modify(
                    "cn=Domain Admins,cn=Users," + server.baseDn(),
                    new Modification(ModificationType.ADD, "member", outer));
            person(11, true);

            List<String> found = run(server.pool(4), mapping().group(inner).build());
            assertThat(found).filteredOn(each -> each.startsWith("groupAdd")).isEmpty();
            assertThat(found)
                    .filteredOn(each -> each.startsWith("GROUP_UNAVAILABLE"))
                    .singleElement()
                    .asString()
                    .contains("nested in");
        }

        @Test
        void a_primary_group_is_neither_added_nor_silently_kept() throws Exception {
            String staff = "cn=Domain Users,cn=Users," + server.baseDn();
            account("one" + base.hashCode() % 1000, "employeeNumber: 21");
            settings = builder -> builder.allowPrivileged(staff);
            policies = builder -> builder.leavers(Leavers.disable());
            person(21, true);

            Mapping member = mapping().group(staff).build();
            assertThat(run(server.pool(4), member)).noneMatch(each -> each.startsWith("group"));
            Mapping none = mapping().group(staff, "record.name == 'nobody'").build();
            assertThat(run(server.pool(4), none))
                    .filteredOn(each -> each.startsWith("GROUP_UNAVAILABLE 21"))
                    .singleElement()
                    .asString()
                    .contains("primary group");
        }

        @Test
        void the_account_that_binds_by_guid_or_sid_is_protected() throws Exception {
            String name = "sync" + Math.abs(base.hashCode() % 1000);
            administrator.add(
                    "dn: cn=" + name + "," + base,
                    "objectClass: user",
                    "sAMAccountName: " + name,
                    "employeeNumber: 99");
            String dn = "cn=" + name + "," + base;
            byte[] quoted = "\"Passw0rd-Sync\"".getBytes(StandardCharsets.UTF_16LE);
            administrator.modify(dn, new Modification(ModificationType.REPLACE, "unicodePwd", quoted));
            administrator.modify(dn, new Modification(ModificationType.REPLACE, "userAccountControl", "512"));
            administrator.modify(
                    "cn=Domain Admins,cn=Users," + server.baseDn(),
                    new Modification(ModificationType.ADD, "member", dn));
            SearchResultEntry entry = read(dn, "objectGUID", "objectSid");
            byte[] guid = entry.getAttributeValueBytes("objectGUID");
            String sid = HexFormat.of().formatHex(entry.getAttributeValueBytes("objectSid"));

            for (String bind : List.of("<GUID=" + HexFormat.of().formatHex(guid) + ">", "<SID=" + sid + ">", dn)) {
                LDAPConnectionPool pool;
                try {
                    pool = pool(bind, "Passw0rd-Sync");
                } catch (LDAPException notOnThisServer) {
                    continue;
                }
                settings = builder -> builder.unprotect("(adminCount=1)");
                person(31, true);
                List<String> found = run(pool, mapping().build());
                assertThat(found).as(bind).doesNotContain("disable 99");
                assertThat(found)
                        .as(bind)
                        .anyMatch(each -> each.startsWith("ELSEWHERE 99") && each.contains("protected"));
                people.clear();
            }
        }

        @Test
        void an_inactive_person_who_was_moved_or_is_privileged_is_named() throws Exception {
            person(41, true);
            person(42, true);
            account("one" + Math.abs(base.hashCode() % 1000), "employeeNumber: 41");
            account("two" + Math.abs(base.hashCode() % 1000), "employeeNumber: 42", "adminCount: 1");
            String dn = "cn=one" + Math.abs(base.hashCode() % 1000);
            administrator.modifyDN(dn + "," + base, dn, true, "cn=Users," + server.baseDn());
            people.clear();
            person(41, false);
            person(43, true);

            List<String> found = run();
            assertThat(found).anyMatch(each -> each.startsWith("ELSEWHERE 41") && each.contains("CN=Users"));
            assertThat(found).anyMatch(each -> each.startsWith("ELSEWHERE 42") && each.contains("protected"));
        }

        @Test
        void a_leaver_with_children_is_disabled_or_deleted_with_them() throws Exception {
            String name = "par" + Math.abs(base.hashCode() % 1000);
            account(name, "employeeNumber: 51");
            administrator.add("dn: cn=phones,cn=" + name + "," + base, "objectClass: classStore");
            person(52, true);
            policies = builder -> builder.leavers(Leavers.delete()).categories(Categories.all());

            assertThat(run()).contains("disable 51").anyMatch(each -> each.contains("cannot be deleted"));
            policies = builder -> builder.leavers(Leavers.delete().deleteTree()).categories(Categories.all());
            assertThat(run()).containsExactly("delete 51", "delete 51");
            assertThat(read("cn=" + name + "," + base)).isNull();
        }
    }

    @Nested
    class On_389 extends OnAServer {
        @Override
        RealDirectory start() {
            return RealDirectory.directoryServer389();
        }

        @Override
        DirectoryBuilder builder(LDAPConnectionPool pool) {
            return Directory.generic(pool).disable("nsAccountLock", "true", "");
        }

        @Override
        MappingBuilder mapping() {
            return people(base);
        }

        @Test
        void a_lock_by_role_is_not_ours() throws Exception {
            settings = builder -> builder.mark("employeeType", "rollcall:hr");
            String dn = "uid=locked," + base;
            administrator.add(
                    "dn: " + dn,
                    "objectClass: inetOrgPerson",
                    "uid: locked",
                    "cn: locked",
                    "sn: locked",
                    "employeeNumber: 1",
                    "employeeType: rollcall:hr;disabled=2026-01-01");
            administrator.add(
                    "dn: cn=locked role," + base,
                    "objectClass: top",
                    "objectClass: LDAPsubentry",
                    "objectClass: nsRoleDefinition",
                    "objectClass: nsSimpleRoleDefinition",
                    "objectClass: nsManagedRoleDefinition",
                    "cn: locked role");
            administrator.add(
                    "dn: cn=template," + base, "objectClass: top", "objectClass: nsContainer", "cn: template");
            administrator.add(
                    "dn: cn=\"cn=locked role," + base + "\",cn=template," + base,
                    "objectClass: top",
                    "objectClass: extensibleObject",
                    "objectClass: costemplate",
                    "nsAccountLock: true");
            administrator.add(
                    "dn: cn=lock cos," + base,
                    "objectClass: top",
                    "objectClass: LDAPsubentry",
                    "objectClass: cosSuperDefinition",
                    "objectClass: cosClassicDefinition",
                    "cosTemplateDn: cn=template," + base,
                    "cosSpecifier: nsRole",
                    "cosAttribute: nsAccountLock operational");
            administrator.modify(dn, new Modification(ModificationType.ADD, "nsRoleDN", "cn=locked role," + base));
            assertThat(lockByRole(dn)).isEqualTo("true");
            person(1, true);

            for (Enabling policy : List.of(Enabling.OURS, Enabling.ALWAYS)) {
                policies = builder -> builder.enable(policy);
                List<String> found = run();
                assertThat(found).as(policy.name()).doesNotContain("enable 1");
                assertThat(found).as(policy.name()).anyMatch(each -> each.startsWith("DISABLED_ELSEWHERE 1"));
            }
        }

        /** 389 takes a class of service into account by a thread of its own, some time after it was added. */
        private String lockByRole(String dn) throws Exception {
            Instant latest = Instant.now().plusSeconds(30);
            String lock = null;
            while (lock == null && Instant.now().isBefore(latest)) {
                Thread.sleep(50);
                lock = read(dn, "nsAccountLock").getAttributeValue("nsAccountLock");
            }
            return lock;
        }

        @Test
        void an_inactive_person_in_a_container_that_cannot_be_read_is_reported() throws Exception {
            String closed = "ou=closed," + base;
            container(closed);
            administrator.add(
                    "dn: uid=hidden," + closed,
                    "objectClass: inetOrgPerson",
                    "uid: hidden",
                    "cn: hidden",
                    "sn: hidden",
                    "employeeNumber: 1");
            administrator.modify(
                    closed,
                    new Modification(
                            ModificationType.ADD,
                            "aci",
                            "(targetattr=\"*\")(version 3.0; acl \"deny\"; deny(all) userdn=\"ldap:///"
                                    + server.setting("SYNC_DN") + "\";)"));
            person(1, false);
            person(2, true);

            assertThat(run(
                            pool(server.setting("SYNC_DN"), server.setting("SYNC_PASSWORD")),
                            mapping().build()))
                    .anyMatch(each -> each.startsWith("ELSEWHERE 1") && each.contains("no entry was found of 1"));
        }
    }

    @Nested
    class On_openldap extends OnAServer {
        @Override
        RealDirectory start() {
            return RealDirectory.openLdap();
        }

        @Override
        DirectoryBuilder builder(LDAPConnectionPool pool) {
            return Directory.openLdap(pool);
        }

        @Override
        MappingBuilder mapping() {
            return people(base);
        }

        @Test
        void the_last_member_of_a_group_stays_and_is_reported() throws Exception {
            String group = "cn=solo," + base;
            person(1, true);
            person(2, true);
            Mapping all = mapping().group(group).build();
            administrator.add("dn: " + group, "objectClass: groupOfNames", "cn: solo", "member: " + server.baseDn());
            run(server.pool(4), all);
            administrator.modify(group, new Modification(ModificationType.DELETE, "member", server.baseDn()));

            Mapping none = mapping().group(group, "record.name == 'nobody'").build();
            policies = builder -> builder.allow("vanishedColumn");
            assertThat(run(server.pool(4), none))
                    .contains("groupRemove 1")
                    .doesNotContain("groupRemove 2")
                    .anyMatch(each -> each.startsWith("GROUP_UNAVAILABLE 2") && each.contains("solo"));
            assertThat(run(server.pool(4), none)).noneMatch(each -> each.startsWith("groupRemove"));
        }
    }

    private static MappingBuilder people(String base) {
        return Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${record.name}," + base)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.name}");
    }
}
