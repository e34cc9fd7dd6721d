package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.policy.ChangeGate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NewManagersTest {
    /** As Active Directory does, it takes nobody for a manager who is not there. */
    private final Roll roll = new Roll(new InMemoryOperationInterceptor() {
        @Override
        public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
            String manager = request.getRequest().toEntry().getAttributeValue("manager");
            if (manager != null && roll.read(manager) == null) {
                throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, "000020B5: no such manager");
            }
        }
    });

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void are_there_before_anybody_refers_to_them_even_if_the_same_plan_renames() {
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.mapping = Roll.byName()
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .build();
        roll.person(1, "A", "L").sync();
        roll.without(1).person(1, "C", "L");
        roll.person(3, "N", "L", "manager", "4").person(4, "M", "L");

        assertThat(roll.sync().failures()).isEmpty();
        assertThat(roll.values("cn=N", "manager")).containsExactly("cn=M," + Roll.PEOPLE);
    }

    @Test
    void who_are_held_back_are_no_failure_of_those_who_refer_to_them() {
        roll.people(40).sync();
        roll.policies = builder -> builder.gate(
                change -> change.kind() == ChangeKind.CREATE ? ChangeGate.Decision.HOLD : ChangeGate.Decision.ALLOW);
        for (int id = 1; id <= 24; id++) {
            roll.without(id).person(id, "First" + id, "Last" + id, "manager", "99");
        }
        roll.person(99, "Big", "Boss");

        Outcomes outcomes = roll.sync();

        assertThat(outcomes.failures()).isEmpty();
        assertThat(outcomes.held()).isOne();
        assertThat(outcomes.notTried()).isEqualTo(24);
        assertThat(outcomes.stopped()).isEmpty();
    }
}
