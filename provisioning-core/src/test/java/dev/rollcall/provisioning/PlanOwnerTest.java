package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.UserSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whose plan a plan is. */
class PlanOwnerTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void three_people() {
        roll.people(3);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private Reconciler reconciler() {
        return roll.reconciler(UserSource.of(roll.records));
    }

    private static void refused(Reconciler reconciler, Plan plan, String... what) {
        assertThatThrownBy(() -> reconciler.apply(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(what);
    }

    @Nested
    class A_plan {
        @Test
        void is_applied_by_another_reconciler_that_is_equal() throws Exception {
            try (Plan plan = roll.plan()) {
                roll.mapping = Roll.mapping().build();
                roll.directory = null;

                assertThat(reconciler().apply(plan).isComplete()).isTrue();
            }
        }

        @Test
        void has_the_hash_that_it_had_whichever_reconciler_made_it() {
            try (Plan plan = roll.plan()) {
                roll.policies = builder -> builder.leavers(Leavers.ignore());
                try (Plan other = roll.plan()) {
                    assertThat(other.hash()).isEqualTo(plan.hash());
                }
            }
        }

        @Test
        void is_refused_by_a_reconciler_with_another_mapping() {
            try (Plan plan = roll.plan()) {
                roll.mapping =
                        Roll.mapping().attribute("title", "${record.title}").build();

                refused(reconciler(), plan, "mapping", "plan again");
            }
        }

        @Test
        void is_refused_by_a_reconciler_with_another_policy() {
            try (Plan plan = roll.plan()) {
                roll.policies = builder -> builder.leavers(Leavers.ignore());
                refused(reconciler(), plan, "policy.leavers");
                roll.policies = builder -> builder.categories(Categories.of(ChangeKind.CREATE));
                refused(reconciler(), plan, "policy.categories");
                roll.policies =
                        builder -> builder.guardrails(Guardrails.defaults().maxEnable(Limit.none()));
                refused(reconciler(), plan, "policy.guardrails");
                roll.policies = builder -> builder.allow(GuardrailName.MAX_CREATE);
                refused(reconciler(), plan, "allowed guardrails (plan: none, reconciler: maxCreate)");
            }
        }

        @Test
        void is_refused_for_another_base() throws Exception {
            try (Plan plan = roll.plan()) {
                roll.directory = Directory.openLdap(new LDAPConnectionPool(roll.server.getConnection(), 1, 2))
                        .base(Roll.GROUPS)
                        .filter("(objectClass=inetOrgPerson)")
                        .build();

                refused(reconciler(), plan, "directory.base (plan: " + Roll.PEOPLE, "reconciler: " + Roll.GROUPS);
            }
        }

        @Test
        void is_refused_for_another_server() {
            try (Roll other = new Roll();
                    Plan plan = roll.plan()) {
                refused(other.reconciler(UserSource.of(roll.records)), plan, "server (plan: ");

                assertThat(other.uids()).isEmpty();
            }
        }

        @Test
        void of_an_application_is_refused_by_a_directory_and_by_another_application() {
            AccountRoll accounts = new AccountRoll() {};
            accounts.people.add(AccountRoll.person(1));
            try (Plan plan = accounts.plan()) {
                refused(reconciler(), plan, "target (plan: crm, reconciler: none)");
                accounts.target = AccountTarget.of("erp", accounts.accounts);
                refused(accounts.builder().build(), plan, "target (plan: crm, reconciler: erp)");
            }
        }

        @Test
        void is_applied_once() {
            Reconciler reconciler = reconciler();
            try (Plan plan = reconciler.plan()) {
                reconciler.apply(plan).close();

                assertThatThrownBy(() -> reconciler.apply(plan))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("applied before");
            }
        }

        @Test
        void is_applied_in_two_parts() {
            Reconciler reconciler = reconciler();
            try (Plan plan = reconciler.plan()) {
                Plan first = plan.without(change -> !change.key().equals("1"));
                assertThat(reconciler.apply(first).counts().of(ChangeKind.CREATE))
                        .isEqualTo(1);
                Plan second = plan.without(change -> change.key().equals("1"));
                assertThat(reconciler.apply(second).counts().of(ChangeKind.CREATE))
                        .isEqualTo(2);
            }
        }

        @Test
        void that_is_closed_says_so() {
            Reconciler reconciler = reconciler();
            Plan plan = reconciler.plan();
            Plan part = plan.without(change -> change.key().equals("1"));
            plan.close();

            assertThatThrownBy(() -> reconciler.apply(plan))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(() -> reconciler.apply(part)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(plan::changes).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(plan::blockedChanges).isInstanceOf(IllegalStateException.class);
            plan.close();
        }
    }

    @Nested
    class A_mapping {
        private static void differs(Mapping other) {
            assertThat(other.fingerprint()).isNotEqualTo(Roll.mapping().build().fingerprint());
        }

        @Test
        void has_the_fingerprint_of_its_rules() {
            assertThat(Roll.mapping().build().fingerprint())
                    .isEqualTo(Roll.mapping().build().fingerprint());
            differs(Roll.mapping().match("mail", "${record.email}").build());
            differs(Roll.mapping().group(Roll.GROUPS).build());
            differs(Roll.mapping().group(Roll.GROUPS, "record.id is present").build());
            differs(Roll.mapping().dn("uid=${record.id}," + Roll.PEOPLE).build());
            differs(Roll.mapping()
                    .attribute(
                            "title",
                            dev.rollcall.mapping.AttributeRule.format("x").onCreate())
                    .build());
        }
    }
}
