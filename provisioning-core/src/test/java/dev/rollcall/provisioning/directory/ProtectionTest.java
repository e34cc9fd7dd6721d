package dev.rollcall.provisioning.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PLAINBindRequest;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.provisioning.Roll;
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
}
