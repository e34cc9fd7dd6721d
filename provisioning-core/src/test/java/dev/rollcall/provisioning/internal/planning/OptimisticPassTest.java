package dev.rollcall.provisioning.internal.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry that is as it should be is not looked at twice, and yet is there for everybody else. */
class OptimisticPassTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void ada_and_grace_have_accounts_that_are_as_they_should_be() {
        roll.person(1, "Ada", "Lovelace").person(2, "Grace", "Hopper").sync().close();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void counts_them_as_unchanged() {
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.unchanged()).isEqualTo(2);
            assertThat(plan.situations()).containsOnly(java.util.Map.entry(Situation.CONFIRMED, 2));
        }
    }

    @Test
    void gives_nobody_their_names_and_need_not_ask_for_them_again() {
        roll.searches.set(0);
        roll.person(3, "Al", "Lovelace");

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("create 3 uid=alovelace2");
            assertThat(roll.searches)
                    .as("people, key, the second name, the DN and its parent")
                    .hasValue(5);
        }
    }

    @Test
    void gives_nobody_their_dn() {
        roll.mapping = Roll.byName().build();
        roll.records.clear();
        roll.person(1, "alovelace", "L").person(2, "ghopper", "H").sync().close();

        try (Plan plan = roll.person(3, "alovelace", "X").plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.unchanged()).isEqualTo(2);
            assertThat(Roll.conflicts(plan)).containsExactly("DN_TAKEN 3");
        }
    }

    @Test
    void takes_neither_of_two_entries_with_one_key_for_settled() {
        roll.entry(
                "dn: uid=double," + Roll.PEOPLE,
                "objectClass: top",
                "objectClass: person",
                "objectClass: organizationalPerson",
                "objectClass: inetOrgPerson",
                "uid: double",
                "cn: Ada Lovelace",
                "sn: Lovelace",
                "mail: ada.lovelace@example.test",
                "employeeNumber: 1");

        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.conflicts())
                    .singleElement()
                    .extracting(Conflict::detail)
                    .asString()
                    .contains("uid=alovelace,", "uid=double,");
        }
    }

    @Test
    void takes_neither_of_two_records_with_one_key_for_settled() {
        try (Plan plan = roll.person(1, "Ada", "Lovelace").plan()) {
            assertThat(Roll.conflicts(plan)).containsExactly("DUPLICATE_KEY 1");
            assertThat(plan.unchanged()).isOne();
        }
    }

    @Test
    void sees_that_somebody_is_missing_from_a_group() {
        String group = "cn=staff," + Roll.GROUPS;
        roll.entry("dn: " + group, "objectClass: groupOfNames", "cn: staff", "member: uid=alovelace," + Roll.PEOPLE);
        roll.mapping = Roll.mapping().group(group).build();

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("groupAdd 2 uid=ghopper");
            assertThat(plan.unchanged()).isOne();
        }
    }

    @Test
    void sees_that_a_reference_was_changed() {
        roll.records.clear();
        roll.person(1, "Ada", "Lovelace")
                .person(2, "Grace", "Hopper", "manager", "1")
                .sync()
                .close();
        roll.modify(
                "dn: uid=ghopper," + Roll.PEOPLE,
                "changetype: modify",
                "replace: manager",
                "manager: uid=ghopper," + Roll.PEOPLE);

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("modify 2 uid=ghopper");
        }
    }
}
