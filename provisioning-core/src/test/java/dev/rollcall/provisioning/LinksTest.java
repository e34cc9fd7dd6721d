package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.source.UserSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinksTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void an_account_without_key_is_matched_by_mail() {
        roll.mapping = Roll.mapping().match("mail", "${record.email | lower}").build();
        roll.policies = builder -> builder.categories(Categories.all());
        roll.account("countess", "mail: ada.love@example.test");
        roll.person(1, "Ada", "Love");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void names_are_in_the_dn() {
        roll.mapping = Roll.byName().match("sn", "${record.last | lower}").build();
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.entry("dn: cn=lady," + Roll.PEOPLE, "objectClass: inetOrgPerson", "cn: lady", "sn: love");
    }

    private void links_are(ChangeGate.Decision decision) {
        roll.policies = builder -> builder.categories(Categories.all())
                .gate(change -> change.kind() == ChangeKind.LINK ? decision : ChangeGate.Decision.ALLOW);
    }

    @Test
    void come_before_anything_else_that_is_done_to_the_entry() {
        names_are_in_the_dn();

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan))
                    .containsExactly("link 1 cn=lady", "rename 1 cn=lady -> cn=Ada", "modify 1 cn=Ada");
        }
        assertThat(roll.sync().isComplete()).isTrue();
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    @Nested
    class An_entry_whose_link_is_not_made {
        @Test
        void is_not_modified_if_the_gate_refuses_it() {
            links_are(ChangeGate.Decision.REFUSE);

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.refused()).isOne();
            assertThat(outcomes.notTried()).isOne();
            assertThat(roll.values("uid=countess", "sn")).containsExactly("countess");
        }

        @Test
        void is_not_renamed_if_the_gate_holds_it() {
            names_are_in_the_dn();
            links_are(ChangeGate.Decision.HOLD);

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.held()).isOne();
            assertThat(outcomes.notTried()).isEqualTo(2);
            assertThat(roll.values("cn=lady", "sn")).containsExactly("love");
        }

        @Test
        void is_not_modified_if_somebody_gave_it_another_key_meanwhile() {
            Reconciler reconciler = roll.reconciler(UserSource.of(roll.records));
            try (Plan plan = reconciler.plan()) {
                roll.modify(
                        "dn: uid=countess," + Roll.PEOPLE,
                        "changetype: modify",
                        "add: employeeNumber",
                        "employeeNumber: 9");

                Outcomes outcomes = reconciler.apply(plan);

                assertThat(outcomes.failures()).extracting(Outcome::status).containsExactly(Outcome.Status.STALE);
                assertThat(outcomes.notTried()).isOne();
            }
            assertThat(roll.values("uid=countess", "sn")).containsExactly("countess");
            assertThat(roll.values("uid=countess", "employeeNumber")).containsExactly("9");
        }
    }
}
