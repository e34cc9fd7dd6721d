package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leavers of Active Directory whose userAccountControl does not say whether the account can be used. */
class UnreadableStateTest {
    private final Roll roll = new Roll();

    UnreadableStateTest() {
        roll.type = Directory::activeDirectory;
        roll.directorySettings = builder -> builder.filter("(employeeNumber=*)");
        roll.people(40);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private String conflictOf(String... more) {
        roll.account("leaver", more);
        try (Plan plan = roll.plan()) {
            return String.join(
                    "; ",
                    plan.conflicts().stream().map(conflict -> conflict.detail()).toList());
        }
    }

    @Test
    void of_a_user_is_reported_as_unreadable() {
        assertThat(conflictOf("employeeNumber: 99", "objectClass: user"))
                .contains("userAccountControl of uid=leaver", "cannot be read, so the account was not disabled");
    }

    @ParameterizedTest
    @CsvSource({"none", "5x12"})
    void that_is_no_number_is_quoted(String value) {
        assertThat(conflictOf("employeeNumber: 99", "objectClass: user", "userAccountControl: " + value))
                .contains("userAccountControl of uid=leaver", "is \"" + value + "\", which is not a number");
    }

    @Test
    void of_a_contact_is_none() {
        assertThat(conflictOf("employeeNumber: 99")).contains("has no account that can be disabled");
    }
}
