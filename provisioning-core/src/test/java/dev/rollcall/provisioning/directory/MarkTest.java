package dev.rollcall.provisioning.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.rule.OnNothing;
import dev.rollcall.provisioning.Roll;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mark beside values of the mapping, in one attribute. */
class MarkTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void titles_stand_where_the_mark_does() {
        roll.directorySettings = builder -> builder.mark("description", "rollcall:crm");
        roll.mapping =
                Roll.mapping().attribute("description", "${record.title}").build();
        roll.person(1, "Ada", "Lovelace", "title", "Countess").person(2, "Alan", "Turing", "title", "Fellow");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void stays_in_a_run_with_nothing_to_do() {
        roll.sync().close();
        assertThat(roll.values("uid=alovelace", "description")).containsExactlyInAnyOrder("Countess", "rollcall:crm");

        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    @Test
    void stays_when_the_mapped_value_changes() {
        roll.sync().close();
        roll.without(1).person(1, "Ada", "Lovelace", "title", "Programmer");
        roll.sync().close();

        assertThat(roll.values("uid=alovelace", "description")).containsExactlyInAnyOrder("Programmer", "rollcall:crm");
    }

    @Test
    void stays_when_the_mapped_value_is_cleared() {
        roll.sync().close();
        roll.mapping = Roll.mapping()
                .attribute(
                        "description", AttributeRule.format("${record.title}").onAbsent(OnNothing.CLEAR))
                .build();
        roll.without(1).person(1, "Ada", "Lovelace");
        roll.sync().close();

        assertThat(roll.values("uid=alovelace", "description")).containsExactly("rollcall:crm");
    }

    @Test
    void tells_a_leaver_whose_mapped_value_changes_in_the_same_run() {
        roll.sourceSettings = source -> source.active("(record.here ?? 'yes') == 'yes'");
        roll.sync().close();
        roll.without(1).person(1, "Ada", "Lovelace", "title", "Emerita", "here", "no");
        roll.sync().close();

        assertThat(roll.values("uid=alovelace", "description"))
                .hasSize(2)
                .contains("Emerita")
                .anyMatch(value -> value.startsWith("rollcall:crm;disabled="));
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    @Test
    void is_written_on_linking_beside_what_is_mapped() {
        roll.account("alovelace", "mail: ada.lovelace@example.test", "description: Old title");
        roll.mapping = Roll.mapping()
                .attribute("description", "${record.title}")
                .match("mail", "${record.email | lower}")
                .build();
        roll.policies = builder -> builder.categories(Categories.all());
        roll.sync().close();

        assertThat(roll.values("uid=alovelace", "description")).containsExactlyInAnyOrder("Countess", "rollcall:crm");
    }

    @Test
    void loses_its_date_when_somebody_else_enables_the_account() {
        roll.records.clear();
        roll.people(40).sync().close();
        var two = roll.records.remove(1);
        roll.sync().close();
        assertThat(roll.values("uid=flast2", "description")).containsExactly("rollcall:crm;disabled=2026-11-23");
        roll.modify("dn: uid=flast2," + Roll.PEOPLE, "changetype: modify", "delete: pwdAccountLockedTime");
        roll.records.add(two);
        roll.sync().close();

        assertThat(roll.values("uid=flast2", "description")).containsExactly("rollcall:crm");
        roll.modify(
                "dn: uid=flast2," + Roll.PEOPLE,
                "changetype: modify",
                "add: pwdAccountLockedTime",
                "pwdAccountLockedTime: 000001010000Z");
        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(Roll.conflicts(plan)).containsExactly("DISABLED_ELSEWHERE 2");
        }
    }

    @Test
    void loses_its_date_together_with_a_change_of_what_is_mapped() {
        roll.account("aone", "employeeNumber: 5", "description: Old", "description: rollcall:crm;disabled=2026-01-01");
        roll.person(5, "A", "One", "title", "New").sync().close();

        assertThat(roll.values("uid=aone", "description")).containsExactlyInAnyOrder("New", "rollcall:crm");
    }
}
