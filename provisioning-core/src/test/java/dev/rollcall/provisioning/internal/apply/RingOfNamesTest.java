package dev.rollcall.provisioning.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyModifyDNRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.rule.NameScope;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.directory.TemporaryName;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RingOfNamesTest {
    private Predicate<ReadOnlyModifyDNRequest> forbidden = request -> false;
    private ResultCode answer = ResultCode.INSUFFICIENT_ACCESS_RIGHTS;

    private final Roll roll = new Roll(new InMemoryOperationInterceptor() {
        @Override
        public void processModifyDNRequest(InMemoryInterceptedModifyDNRequest request) throws LDAPException {
            if (forbidden.test(request.getRequest())) {
                throw new LDAPException(answer, "not this one");
            }
        }
    });

    @BeforeEach
    void names_are_in_the_dn() {
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.mapping = Roll.byName()
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .build();
        roll.policies = this::unlimited;
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private ReconcilerBuilder unlimited(ReconcilerBuilder builder) {
        return builder.guardrails(Guardrails.defaults().maxModify(Limit.none()));
    }

    private void hold(Predicate<Change> held) {
        roll.policies = builder -> unlimited(builder)
                .gate(change -> held.test(change) ? ChangeGate.Decision.HOLD : ChangeGate.Decision.ALLOW);
    }

    /** Each gets the name of the next, and the last that of the first; somebody refers to the first. */
    private void exchange(String... names) {
        for (int id = 1; id <= names.length; id++) {
            roll.person(id, names[id - 1], "L");
        }
        roll.person(9, "Z", "L", "manager", "1").sync();
        for (int id = 1; id <= names.length; id++) {
            roll.without(id).person(id, names[id % names.length], "L");
        }
    }

    /** Who has which DN, by key. */
    private List<String> people() throws LDAPException {
        return roll
                .server
                .search("dc=example,dc=test", SearchScope.SUB, "(employeeNumber=*)")
                .getSearchEntries()
                .stream()
                .map(entry -> entry.getAttributeValue("employeeNumber") + " "
                        + entry.getDN().replace(",dc=example,dc=test", "").replace(",ou=people", ""))
                .sorted()
                .toList();
    }

    @Nested
    class A_ring_that_cannot_be_closed {
        @Test
        void is_taken_back_if_the_gate_holds_a_step() throws Exception {
            exchange("A", "B");
            hold(change -> change.key().equals("2"));

            Outcomes outcomes = roll.sync();

            assertThat(people()).containsExactly("1 cn=A", "2 cn=B", "9 cn=Z");
            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.held()).isOne();
            assertThat(outcomes.counts().isEmpty()).isTrue();
        }

        @Test
        void is_taken_back_if_the_server_refuses_a_step() throws Exception {
            exchange("A", "B");
            forbidden = request -> request.getDN().startsWith("cn=B,");

            Outcomes outcomes = roll.sync();

            assertThat(people()).containsExactly("1 cn=A", "2 cn=B", "9 cn=Z");
            assertThat(outcomes.failures()).hasSize(1);
            assertThat(outcomes.counts().isEmpty()).isTrue();
        }

        @Test
        void is_taken_back_whole_if_the_last_step_is_refused_and_nobody_hears_of_it() throws Exception {
            exchange("A", "B", "C");
            List<String> told = new ArrayList<>();
            forbidden = request -> request.getDN().startsWith("cn=rollcall-")
                    && request.getNewRDN().equals("cn=B");
            roll.policies = builder -> unlimited(builder).listener(outcome -> {
                if (outcome.status() == Outcome.Status.DONE) {
                    told.add(outcome.toString());
                }
            });

            Outcomes outcomes = roll.sync();

            assertThat(people()).containsExactly("1 cn=A", "2 cn=B", "3 cn=C", "9 cn=Z");
            assertThat(roll.values("cn=Z", "manager")).containsExactly("cn=A," + Roll.PEOPLE);
            assertThat(outcomes.failures()).hasSize(1);
            assertThat(told).isEmpty();
            forbidden = request -> false;
            assertThat(roll.sync().failures()).isEmpty();
            assertThat(people()).containsExactly("1 cn=B", "2 cn=C", "3 cn=A", "9 cn=Z");
            assertThat(told).hasSize(4);
        }

        @Test
        void is_taken_back_if_the_run_is_cancelled() throws Exception {
            exchange("A", "B");
            AtomicInteger asked = new AtomicInteger();
            boolean[] applying = new boolean[1];
            roll.policies = builder -> unlimited(builder)
                    .gate(change -> {
                        applying[0] = true;
                        return ChangeGate.Decision.ALLOW;
                    })
                    .cancelled(() -> applying[0] && asked.incrementAndGet() > 2);

            assertThat(roll.sync().stopped()).contains(StopReason.CANCELLED);
            assertThat(people()).containsExactly("1 cn=A", "2 cn=B", "9 cn=Z");
        }

        @Test
        void leaves_the_other_changes_to_be_made_where_people_are() throws Exception {
            exchange("A", "B");
            roll.without(1).person(1, "B", "Lovelace").without(2).person(2, "A", "Byron");
            forbidden = request -> request.getDN().startsWith("cn=rollcall-")
                    && request.getNewRDN().equals("cn=B");

            roll.sync();

            assertThat(roll.values("cn=A", "sn")).containsExactly("Lovelace");
            assertThat(roll.values("cn=B", "sn")).containsExactly("Byron");
        }
    }

    @Test
    void a_step_to_a_temporary_name_is_of_the_kind_that_it_is_for() throws Exception {
        for (String unit : List.of("x", "y")) {
            roll.entry("dn: ou=" + unit + ",dc=example,dc=test", "objectClass: organizationalUnit", "ou: " + unit);
        }
        roll.person(1, "A", "L", "department", "x")
                .person(2, "A", "L", "department", "y")
                .sync();
        roll.without(1).person(1, "A", "L", "department", "y");
        roll.without(2).person(2, "A", "L", "department", "x");
        hold(change -> change.kind() == ChangeKind.MOVE);

        assertThat(roll.sync().held()).isEqualTo(3);
        assertThat(people()).containsExactly("1 cn=A,ou=x", "2 cn=A,ou=y");
    }

    @Test
    void a_change_of_case_that_is_refused_half_way_is_taken_back() throws Exception {
        roll.person(1, "ada", "L").sync();
        roll.without(1).person(1, "Ada", "L");
        answer = ResultCode.ENTRY_ALREADY_EXISTS;
        forbidden = request -> request.getNewRDN().equals("cn=Ada");

        assertThat(roll.sync().failures()).hasSize(1);
        assertThat(people()).containsExactly("1 cn=ada");
    }

    @Test
    void a_temporary_name_that_a_killed_run_left_is_kept_by_nobody() throws Exception {
        roll.mapping = Mapping.builder()
                .key("id", "employeeNumber")
                .dn("uid=${uid}," + Roll.PEOPLE)
                .objectClasses("top", "person", "organizationalPerson", "inetOrgPerson")
                .attribute("sn", "${record.last}")
                .attribute("cn", "${record.first}")
                .attribute("uid", AttributeRule.unique("${record.last | lower}").scope(NameScope.CONTAINER))
                .build();
        roll.person(1, "A", "Smith").sync();
        roll.server.modifyDN(
                "uid=smith," + Roll.PEOPLE,
                TemporaryName.beside(Entries.dn("test", "uid=smith," + Roll.PEOPLE), "1")
                        .getRDNString(),
                true);

        assertThat(roll.sync().failures()).isEmpty();
        assertThat(people()).containsExactly("1 uid=smith");
    }
}
