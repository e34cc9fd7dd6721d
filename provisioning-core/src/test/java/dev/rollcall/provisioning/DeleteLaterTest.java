package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who is missing, and is to be deleted in thirty days. */
class DeleteLaterTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);

    private final Roll roll = new Roll();

    @BeforeEach
    void person_2_of_40_is_gone() {
        roll.directorySettings = builder -> builder.mark("description", "rollcall:crm");
        at(0);
        roll.people(40).sync().close();
        roll.without(2);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void is_disabled_first_and_left_alone_until_then() {
        roll.sync().close();
        at(29);

        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
        assertThat(roll.values("uid=flast2", "description")).containsExactly("rollcall:crm;disabled=2026-11-23");
    }

    @Test
    void is_deleted_once_the_time_is_over() {
        roll.sync().close();
        at(30);

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("delete 2 uid=flast2");
        }
    }

    @Test
    void is_enabled_again_on_coming_back_before() {
        roll.sync().close();
        at(29);
        roll.person(2, "First2", "Last2").sync().close();
        roll.without(2);
        at(31);

        try (Plan plan = roll.plan()) {
            assertThat(Roll.changes(plan)).containsExactly("disable 2 uid=flast2");
        }
    }

    @Test
    void stays_if_somebody_else_disabled_the_account() {
        roll.modify(
                "dn: uid=flast2," + Roll.PEOPLE,
                "changetype: modify",
                "add: pwdAccountLockedTime",
                "pwdAccountLockedTime: 000001010000Z");
        at(60);

        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    private void at(int days) {
        roll.policies = builder -> builder.leavers(Leavers.delete().deleteAfter(Duration.ofDays(30)))
                .categories(Categories.all())
                .clock(Clock.offset(NOW, Duration.ofDays(days)));
    }

    @Test
    void is_no_rule_for_a_directory_without_a_mark() {
        try (Roll unmarked = new Roll()) {
            unmarked.policies = roll.policies;

            assertThatThrownBy(unmarked::plan)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a directory with a mark");
        }
    }
}
