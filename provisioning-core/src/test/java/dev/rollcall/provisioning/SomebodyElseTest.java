package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryBuilder;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.UserSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SomebodyElseTest {
    /** A server that knows no controls, and so compares nothing for us. */
    private final Roll roll = new Roll(new InMemoryOperationInterceptor() {
        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
            if (entry.getSearchEntry().getDN().isEmpty()) {
                Entry root = entry.getSearchEntry().duplicate();
                root.removeAttribute("supportedControl");
                entry.setSearchEntry(root);
            }
        }
    });

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void who_has_the_name_of_a_leaver_by_now_is_not_disabled() throws LDAPException {
        roll.directorySettings = builder -> generic()
                .base(Roll.PEOPLE)
                .filter("(objectClass=inetOrgPerson)")
                .disable("nsAccountLock", "TRUE", "FALSE");
        roll.people(1).account("jsmith", "employeeNumber: 77", "nsAccountLock: FALSE");
        Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
        try (Plan plan = reconciler.plan()) {
            roll.server.delete("uid=jsmith," + Roll.PEOPLE);
            roll.account("jsmith", "employeeNumber: 78", "nsAccountLock: FALSE");

            assertThat(reconciler.apply(plan).failures())
                    .extracting(Outcome::status)
                    .containsExactly(Outcome.Status.STALE);
        }
        assertThat(roll.values("uid=jsmith", "nsAccountLock")).containsExactly("FALSE");
    }

    private DirectoryBuilder generic() {
        try {
            return Directory.generic(new LDAPConnectionPool(roll.server.getConnection(), 1, 4));
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }
}
