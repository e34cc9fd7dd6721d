package dev.rollcall.provisioning.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.internal.directory.DirectoryKind;
import dev.rollcall.provisioning.internal.directory.Protection;
import dev.rollcall.provisioning.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of entries that no plan may touch, which are judged without the server. */
class ProtectionTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=example,dc=test)",
                "(!(memberOf:1.2.840.113556.1.4.1941:=cn=staff,dc=example,dc=test))",
                "(&(description=keep)(|(cn=a)(cn~=b)))"
            })
    void are_refused_where_only_the_server_can_tell_whom_they_find(String filter) {
        roll.directorySettings = builder -> builder.unprotect(filter);
        assertThatThrownBy(roll::plan)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unprotect[0]: only the server can tell whom this filter finds");

        roll.directorySettings = builder -> builder.protect("(description=keep)", filter);
        assertThatThrownBy(roll::plan)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("protected[1]: only the server can tell whom this filter finds");
    }

    @Test
    void by_a_name_that_no_entry_has_are_told_of() throws Exception {
        roll.account("boss", "employeeNumber: 1");
        roll.directorySettings = builder -> builder.protect(
                "UID=Boss,OU=people, dc=example,dc=test", "uid=bos,dc=example,dc=test", "(description=nobody has it)");

        try (Plan plan = roll.plan()) {
            assertThat(plan.notes())
                    .containsExactly(
                            "the protected entry uid=bos,dc=example,dc=test does not exist; check its spelling,"
                                    + " or remove it from the list");
        }
    }

    @Test
    void are_not_needed_for_the_account_that_binds_by_whatever_name() {
        roll.account("bind", "employeeNumber: 1", "userPassword: secret");
        roll.type = pool -> {
            pool.close();
            try {
                LDAPConnection connection = roll.server.getConnection();
                connection.bind(new PLAINBindRequest("dn:uid=bind," + Roll.PEOPLE, "secret"));
                return Directory.openLdap(new LDAPConnectionPool(connection, 1, 1));
            } catch (LDAPException failed) {
                throw new AssertionError(failed);
            }
        };
        roll.person(2, "B", "Two");

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("create 2 uid=btwo");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bind@example.test",
                "EXAMPLE\\bind",
                "<GUID=c9505bc6-849d-44fc-b4e7-6da1ba9d3d69>",
                "<guid=c65b50c99d84fc44b4e76da1ba9d3d69>",
                "<SID=S-1-5-32-513>",
                "<SID=01020000000000052000000001020000>"
            })
    void are_not_needed_for_the_account_that_binds_by_a_logon_name(String name) throws LDAPException {
        InMemoryOperationInterceptor domain = new InMemoryOperationInterceptor() {
            @Override
            public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
                request.setRequest(new SimpleBindRequest("uid=bind," + Roll.PEOPLE, "secret"));
            }
        };
        try (Roll other = new Roll(domain)) {
            other.account(
                    "bind",
                    "employeeNumber: 1",
                    "userPassword: secret",
                    "sAMAccountName: bind",
                    "userAccountControl: 512",
                    "objectGUID:: xltQyZ2E/ES0522hup09aQ==",
                    "objectSid:: AQIAAAAAAAUgAAAAAQIAAA==");
            LDAPConnection connection = other.server.getConnection();
            connection.bind(name, "secret");
            other.type = pool -> {
                pool.close();
                return Directory.activeDirectory(pool(connection));
            };
            other.person(2, "B", "Two");

            try (Plan plan = other.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 2 uid=btwo");
            }
        }
    }

    private static LDAPConnectionPool pool(LDAPConnection connection) {
        try {
            return new LDAPConnectionPool(connection, 1, 1);
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void are_taken_where_they_ask_for_values() {
        roll.directorySettings = builder -> builder.protect("(&(description=keep)(!(title>=b)))");
        roll.plan().close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uid=flast1,ou=people,dc=example,dc=test",
                "userid=flast1,ou=people,dc=example,dc=test",
                "0.9.2342.19200300.100.1.1=FLAST1, organizationalUnitName=people, dc=example, domainComponent=test",
                "uid=fl\\61st1,2.5.4.11=people,dc=example,dc=test",
                "(uid=flast1)",
                "(userid=FLast1)",
                "(0.9.2342.19200300.100.1.1=flast1)",
                "(userid=flast1*)",
                "(&(objectClass=2.16.840.1.113730.3.2.2)(surname=Last1))",
                "(!(!(2.5.4.4=last1)))",
                "(|(name=nobody)(commonName=First1  Last1))",
                "(name=last1)",
                "(description=keep)",
                "(manager=userid=boss, ou=people,dc=example,dc=test)"
            })
    void protect_and_unprotect_by_any_name_and_spelling(String rule) {
        roll.people(3).sync().close();
        roll.modify(
                "dn: uid=flast1," + Roll.PEOPLE,
                "changetype: modify",
                "add: description;lang-en",
                "description;lang-en: keep",
                "-",
                "add: manager",
                "manager: uid=boss,ou=people,dc=example,dc=test");
        roll.records.clear();
        roll.person(3, "First3", "Last3");

        roll.directorySettings = builder -> builder.protect(rule);
        roll.reopen();
        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("disable 2 uid=flast2");
        }

        roll.directorySettings =
                builder -> builder.protect("(employeeNumber=*)").unprotect(rule);
        roll.reopen();
        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("disable 1 uid=flast1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commonName=Sales,ou=groups,dc=example,dc=test",
                "2.5.4.3=sales, organizationalUnitName=groups, dc=example, dc=test",
                "(commonName=sales)",
                "(2.5.4.3=sales)"
            })
    void close_a_group_by_any_name(String rule) throws LDAPException {
        roll.entry("dn: cn=sales," + Roll.GROUPS, "objectClass: groupOfNames", "cn: sales", "member: cn=x");
        roll.mapping = Roll.mapping().group("cn=sales," + Roll.GROUPS).build();
        roll.directorySettings = builder -> builder.protect(rule);
        roll.person(1, "Ada", "Lovelace");

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("create 1 uid=alovelace");
            assertThat(Roll.conflicts(plan)).containsExactly("GROUP_UNAVAILABLE ");
        }
        roll.sync().close();
        assertThat(roll.server.getEntry("cn=sales," + Roll.GROUPS).getAttributeValues("member"))
                .containsExactly("cn=x");
    }

    @Test
    void differ_for_other_names_and_flags() {
        Protection protection = new Protection(DirectoryKind.ACTIVE_DIRECTORY);
        protection.protect("(userAccountControl=514)");
        protection.protect("2.5.4.3=Name 1,ou=people,dc=example,dc=test");
        ReadOnlyEntry one = entry("CN=Name 1,OU=people,DC=example,DC=test", "512");

        assertThat(protection.because(one)).isPresent();
        assertThat(protection.because(entry("CN=Name 2,OU=people,DC=example,DC=test", "512")))
                .isEmpty();
        assertThat(protection.because(entry("CN=Name 2,OU=people,DC=example,DC=test", "514")))
                .isPresent();
    }

    @Test
    void allow_a_privileged_group_by_any_name() throws LDAPException {
        Protection protection = new Protection(DirectoryKind.ACTIVE_DIRECTORY);
        protection.allowPrivileged(new DN("commonName=Admins, dc=example,dc=test"));

        assertThat(protection.isAllowed(new DN("CN=Admins,DC=example,DC=test"))).isTrue();
        assertThat(protection.isAllowed(new DN("CN=Others,DC=example,DC=test"))).isFalse();
    }

    private static ReadOnlyEntry entry(String dn, String control) {
        return new ReadOnlyEntry(dn, new Attribute("userAccountControl", control));
    }
}
