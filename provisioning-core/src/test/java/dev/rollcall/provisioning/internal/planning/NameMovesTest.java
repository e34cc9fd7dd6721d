package dev.rollcall.provisioning.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.UserSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NameMovesTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void names_are_in_the_dn() {
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.mapping = Roll.byName().build();
        roll.policies = builder -> builder.guardrails(Guardrails.defaults().maxModify(Limit.none()));
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void rename(int id, String first, String... more) {
        roll.without(id).person(id, first, "L", more);
    }

    private List<String> planned() {
        try (Plan plan = roll.plan()) {
            return Roll.changes(plan);
        }
    }

    @Nested
    class Somebody_with_a_new_name {
        @Test
        void is_renamed_and_then_needs_nothing() {
            roll.person(1, "A", "L").sync();
            rename(1, "B");

            assertThat(planned()).containsExactly("rename 1 cn=A -> cn=B");
            roll.sync();
            assertThat(planned()).isEmpty();
            assertThat(roll.values("cn=B", "cn")).containsExactly("B");
        }

        @Test
        void is_renamed_if_only_the_case_differs() {
            roll.person(1, "ada", "L").sync();
            rename(1, "Ada");

            assertThat(planned()).containsExactly("rename 1 cn=ada -> cn=Ada");
        }

        @Test
        void does_not_leave_it_if_only_the_case_differs() {
            roll.person(2, "ada", "L").sync();
            roll.person(1, "ADA", "L");
            rename(2, "Ada");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("rename 2 cn=ada -> cn=Ada");
                assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 1");
            }
        }

        @Test
        void keeps_the_old_one_if_an_entry_has_it_and_stays() {
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            rename(1, "B");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 1");
                assertThat(plan.situations())
                        .containsEntry(Situation.DN_TAKEN, 1)
                        .containsEntry(Situation.CONFIRMED, 1);
            }
        }
    }

    @Nested
    class People_who_exchange_names {
        @Test
        void wait_for_each_other_along_a_chain() {
            roll.person(1, "A", "L").person(2, "B", "L").person(3, "C", "L").sync();
            rename(1, "B");
            rename(2, "C");
            rename(3, "D");

            assertThat(planned())
                    .containsExactly("rename 3 cn=C -> cn=D", "rename 2 cn=B -> cn=C", "rename 1 cn=A -> cn=B");
            roll.sync();
            assertThat(planned()).isEmpty();
        }

        @Test
        void swap_by_way_of_a_third_name() {
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            rename(1, "B");
            rename(2, "A");

            try (Plan plan = roll.plan()) {
                assertThat(plan.changes()).hasSize(3);
                assertThat(plan.counts().of(ChangeKind.RENAME)).isEqualTo(2);
            }
            roll.sync();
            assertThat(planned()).isEmpty();
            assertThat(roll.values("cn=A", "employeeNumber")).containsExactly("2");
            assertThat(roll.values("cn=B", "employeeNumber")).containsExactly("1");
        }

        @Test
        void go_round_in_a_ring_of_four() {
            roll.person(1, "A", "L")
                    .person(2, "B", "L")
                    .person(3, "C", "L")
                    .person(4, "D", "L")
                    .sync();
            rename(1, "B");
            rename(2, "C");
            rename(3, "D");
            rename(4, "A");

            roll.sync();

            assertThat(planned()).isEmpty();
            assertThat(roll.values("cn=A", "employeeNumber")).containsExactly("4");
        }

        @Test
        void are_refused_together_if_the_last_cannot_move() {
            roll.person(1, "A", "L").person(2, "B", "L").person(3, "C", "L").sync();
            rename(1, "B");
            rename(2, "C");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 1", "DN_TAKEN 2");
            }
        }

        @Test
        void make_room_for_somebody_new() {
            roll.person(2, "B", "L").sync();
            rename(2, "C");
            roll.person(1, "B", "L");

            assertThat(planned()).containsExactly("rename 2 cn=B -> cn=C", "create 1 cn=B");
            roll.sync();
            assertThat(planned()).isEmpty();
        }
    }

    @Nested
    class Somebody_in_another_department {
        @Test
        void is_moved() {
            roll.entry("dn: ou=sales,dc=example,dc=test", "objectClass: organizationalUnit", "ou: sales");
            roll.person(1, "A", "L").sync();
            rename(1, "A", "department", "sales");

            assertThat(planned()).containsExactly("move 1 cn=A -> cn=A,ou=sales,dc=example,dc=test");
            roll.sync();
            assertThat(planned()).isEmpty();
        }

        @Test
        void stays_if_the_department_has_no_container() {
            roll.person(1, "A", "L").sync();
            rename(1, "A", "department", "sales");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("PARENT_MISSING 1");
            }
        }
    }

    @Nested
    class A_leaver {
        @Test
        void is_disabled_and_moved_and_comes_back() {
            roll.entry("dn: ou=gone,dc=example,dc=test", "objectClass: organizationalUnit", "ou: gone");
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            roll.policies = builder -> builder.leavers(Leavers.disableAndMove("ou=gone,dc=example,dc=test"));
            roll.without(1);

            assertThat(planned()).containsExactly("disable 1 cn=A", "move 1 cn=A -> cn=A,ou=gone,dc=example,dc=test");
            roll.sync();
            assertThat(planned()).isEmpty();
            roll.person(1, "A", "L");
            assertThat(planned()).containsExactly("move 1 cn=A,ou=gone,dc=example,dc=test -> cn=A", "enable 1 cn=A");
            roll.sync();
            assertThat(planned()).isEmpty();
        }

        @Test
        void who_is_not_deleted_after_all_keeps_the_name_and_nobody_else_gets_it() {
            roll.person(1, "A", "L").person(2, "B", "L").person(3, "D", "L").sync();
            roll.policies = builder -> builder.leavers(Leavers.delete())
                    .categories(Categories.all())
                    .guardrails(Guardrails.defaults()
                            .maxDisableOrDelete(Limit.of(0, 0).atLeast(1)));
            roll.without(1);
            rename(3, "A");
            rename(2, "C");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("rename 2 cn=B -> cn=C");
                assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 3");
                assertThat(plan.blocked().of(ChangeKind.DELETE)).isEqualTo(1);
                assertThat(plan.situations()).containsEntry(Situation.DN_TAKEN, 1);
            }
            assertThat(roll.sync().failures()).isEmpty();
        }
    }

    @Nested
    class A_rename_that_is_kept_from_being_made {
        @Test
        void by_the_gate_leaves_the_entry_where_it_is_for_its_other_changes_and_for_who_waits() {
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            roll.policies = builder -> builder.gate(
                    change -> change.kind() == ChangeKind.RENAME && change.key().equals("1")
                            ? ChangeGate.Decision.HOLD
                            : ChangeGate.Decision.ALLOW);
            roll.without(1).person(1, "C", "Newname");
            rename(2, "A");

            Outcomes outcomes = roll.sync();

            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.held()).isEqualTo(1);
            assertThat(outcomes.notTried()).isEqualTo(1);
            assertThat(roll.values("cn=A", "sn")).containsExactly("Newname");
            assertThat(roll.values("cn=B", "employeeNumber")).containsExactly("2");
        }

        @Test
        void by_the_caller_leaves_the_entry_where_it_is_for_its_other_changes() {
            roll.person(1, "A", "L").sync();
            roll.without(1).person(1, "C", "Newname");

            try (Plan plan = roll.plan();
                    Plan rest = plan.without(change -> change.kind() == ChangeKind.RENAME)) {
                assertThat(Roll.changes(rest)).containsExactly("modify 1 cn=A");
                assertThat(roll.reconciler(UserSource.of(roll.records))
                                .apply(rest)
                                .failures())
                        .isEmpty();
            }
            assertThat(roll.values("cn=A", "sn")).containsExactly("Newname");
        }

        @Test
        void by_the_server_leaves_references_at_who_is_there() {
            roll.mapping = Roll.byName()
                    .attribute("manager", AttributeRule.reference("${record.manager}"))
                    .build();
            roll.person(1, "A", "L").person(2, "B", "L").sync();
            rename(1, "C");
            roll.without(2).person(2, "B", "L", "manager", "1");
            roll.policies = builder -> builder.gate(change ->
                    change.kind() == ChangeKind.RENAME ? ChangeGate.Decision.REFUSE : ChangeGate.Decision.ALLOW);

            assertThat(roll.sync().failures()).isEmpty();
            assertThat(roll.values("cn=B", "manager")).containsExactly("cn=A," + Roll.PEOPLE);
        }
    }
}
