package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class A_first_load {
        @Test
        void creates_everybody() {
            roll.person(1, "Ada", "Lovelace").person(2, "Alan", "Turing");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 1 uid=alovelace", "create 2 uid=aturing");
                assertThat(plan.situations()).containsOnly(java.util.Map.entry(Situation.ABSENT, 2));
                assertThat(plan.guardrails().tripped()).isEmpty();
            }
        }

        @Test
        void leaves_nothing_to_do_for_a_second_run() {
            roll.people(30);

            assertThat(roll.sync().counts().of(ChangeKind.CREATE)).isEqualTo(30);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).isEmpty();
                assertThat(plan.unchanged()).isEqualTo(30);
            }
        }

        @Test
        void asks_the_directory_a_handful_of_times_however_many_people_come() {
            roll.people(400).person(401, "Ada", "Lovelace").person(402, "Anna", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.CREATE)).isEqualTo(402);
            }

            assertThat(roll.searches).hasValueLessThan(10);
        }

        @Test
        void asks_for_few_people_in_batches() {
            roll.people(200).sync();
            roll.searches.set(0);
            for (int id = 201; id <= 250; id++) {
                roll.person(id, "First" + id, "Last" + id);
            }

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.CREATE)).isEqualTo(50);
            }

            assertThat(roll.searches).hasValueLessThan(10);
        }

        @Test
        void gives_two_of_the_same_name_two_names_in_the_order_of_their_keys() {
            roll.person(10, "John", "Smith").person(9, "Jane", "Smith");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 9 uid=jsmith", "create 10 uid=jsmith2");
            }
        }

        @Test
        void gives_nobody_a_name_that_is_taken_outside_the_base() {
            roll.entry("dn: uid=jsmith," + Roll.GROUPS, "objectClass: account", "uid: JSmith");
            roll.person(9, "Jane", "Smith");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 9 uid=jsmith2");
            }
        }
    }

    @Nested
    class Somebody_who_changes {
        @Test
        void gets_one_modification_of_what_differs() {
            roll.person(1, "Ada", "Lovelace").sync();
            roll.without(1).person(1, "Ada", "King");

            try (Plan plan = roll.plan()) {
                DirectoryChange change =
                        (DirectoryChange) plan.changes().toList().get(0);
                assertThat(Roll.changes(plan)).containsExactly("modify 1 uid=alovelace");
                assertThat(change.attributes())
                        .extracting(AttributeChange::name)
                        .containsExactly("sn", "cn", "mail");
                assertThat(change.attributes().get(0).removed().get(0).stringValue())
                        .isEqualTo("Lovelace");
                assertThat(change.attributes().get(0).added().get(0).stringValue())
                        .isEqualTo("King");
            }
        }

        @Test
        void keeps_values_that_no_mapping_owns() {
            roll.person(1, "Ada", "Lovelace").sync();
            roll.modify("dn: uid=alovelace," + Roll.PEOPLE, "changetype: modify", "add: title", "title: Countess");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }
    }

    @Nested
    class Somebody_who_is_gone_from_the_source {
        @Test
        void is_disabled_and_enabled_again_when_back() {
            roll.people(30).sync();
            roll.without(7);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 7 uid=flast7");
                assertThat(plan.situations()).containsEntry(Situation.SOURCE_MISSING, 1);
            }
            roll.sync();
            assertThat(roll.values("uid=flast7", "pwdAccountLockedTime")).containsExactly("000001010000Z");
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
            roll.person(7, "First7", "Last7");
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("enable 7 uid=flast7");
            }
            roll.sync();
            assertThat(roll.values("uid=flast7", "pwdAccountLockedTime")).isEmpty();
        }
    }
}
