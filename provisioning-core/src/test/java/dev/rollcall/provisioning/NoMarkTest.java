package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Enabling;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without a mark Active Directory does not say who disabled an account; a plan says so before it disables the first. */
class NoMarkTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private Plan leaving(UnaryOperator<ReconcilerBuilder> policies) {
        roll.policies = policies;
        roll.account("gone", "employeeNumber: 99", "userAccountControl: 512", "pwdLastSet: 1");
        return roll.people(1).plan();
    }

    @Test
    void a_plan_that_disables_somebody_says_it_once() {
        roll.type = Directory::activeDirectory;
        roll.account("gone2", "employeeNumber: 98", "userAccountControl: 512");
        try (Plan plan = leaving(builder -> builder)) {
            assertThat(Roll.changes(plan)).contains("disable 98 uid=gone2", "disable 99 uid=gone");
            assertThat(plan.notes()).singleElement().asString().contains("people who return", "directory.mark");
            assertThat(plan.conflicts()).isEmpty();
        }
    }

    @Test
    void a_plan_that_disables_nobody_says_nothing() {
        roll.type = Directory::activeDirectory;
        try (Plan plan = roll.people(2).plan()) {
            assertThat(plan.notes()).isEmpty();
        }
    }

    @Test
    void a_policy_that_is_given_is_an_answer() {
        roll.type = Directory::activeDirectory;
        try (Plan plan = leaving(builder -> builder.enable(Enabling.NEVER))) {
            assertThat(Roll.changes(plan)).contains("disable 99 uid=gone");
            assertThat(plan.notes()).isEmpty();
        }
    }

    @Test
    void a_server_that_keeps_whose_disable_it_was_needs_none() {
        try (Plan plan = leaving(builder -> builder)) {
            assertThat(Roll.changes(plan)).contains("disable 99 uid=gone");
            assertThat(plan.notes()).isEmpty();
        }
    }
}
