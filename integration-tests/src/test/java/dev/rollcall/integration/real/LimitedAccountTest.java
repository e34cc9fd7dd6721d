package dev.rollcall.integration.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An OpenLDAP that gives the account of a run no more entries than so many, at once or in all pages. */
@Tag("real")
class LimitedAccountTest {
    private static final int PEOPLE = 50;

    private RealDirectory server;
    private Directory directory;
    private Reconciler reconciler;

    @BeforeEach
    void load() throws LDAPException {
        server = RealDirectory.openLdap();
        try (LDAPConnection administrator = connect("BIND_DN", "BIND_PASSWORD")) {
            for (int i = 0; i < PEOPLE; i++) {
                administrator.add(
                        "dn: uid=u" + i + ",ou=people," + server.baseDn(),
                        "objectClass: inetOrgPerson",
                        "uid: u" + i,
                        "cn: u" + i,
                        "sn: u" + i,
                        "employeeNumber: " + i);
            }
        } catch (LDIFException wrong) {
            throw new AssertionError(wrong);
        }
        directory = Directory.openLdap(new LDAPConnectionPool(connect("SYNC_DN", "SYNC_PASSWORD"), 1, 2))
                .base("ou=people," + server.baseDn())
                .build();
        List<UserRecord> people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> UserRecord.of(Map.of("id", Integer.toString(i), "name", "u" + i)))
                .toList();
        Mapping mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${record.name},ou=people," + server.baseDn())
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("cn", "${record.name}")
                .attribute("sn", "${record.name}")
                .build();
        reconciler = Reconciler.builder(Source.of(people), mapping, directory).build();
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

    private LDAPConnection connect(String dn, String password) throws LDAPException {
        String[] address = server.setting("LDAP_URL").replace("ldap://", "").split(":");
        return new LDAPConnection(
                address[0], Integer.parseInt(address[1]), server.setting(dn), server.setting(password));
    }

    private void limit(String limits) throws LDAPException {
        String[] address = server.setting("LDAP_URL").replace("ldap://", "").split(":");
        try (LDAPConnection config = new LDAPConnection(
                address[0], Integer.parseInt(address[1]), "cn=admin,cn=config", server.setting("BIND_PASSWORD"))) {
            String database = config.searchForEntry(
                            "cn=config", SearchScope.SUB, "(olcSuffix=" + server.baseDn() + ")", "1.1")
                    .getDN();
            config.modify(
                    database,
                    new Modification(
                            ModificationType.REPLACE,
                            "olcLimits",
                            "{0}dn.exact=\"" + server.setting("SYNC_DN") + "\" " + limits));
        }
    }

    @Test
    void so_many_at_once_are_enough_since_everybody_is_read_in_pages() throws LDAPException {
        limit("size.soft=10 size.hard=10 size.prtotal=unlimited");

        try (Plan plan = reconciler.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.managed()).isEqualTo(PEOPLE);
        }
    }

    @Test
    void so_many_in_all_pages_end_the_run_and_nobody_is_taken_for_missing() throws LDAPException {
        limit("size.soft=10 size.hard=10 size.prtotal=20");

        assertThatThrownBy(reconciler::plan)
                .isInstanceOfSatisfying(
                        DirectoryException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED))
                .hasMessageContaining("raise its limits");
    }
}
