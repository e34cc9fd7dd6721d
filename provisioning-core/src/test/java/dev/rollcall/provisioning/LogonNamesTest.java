package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In Active Directory jdoe can log on as jdoe@example.test, so these two names are one. */
class LogonNamesTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void names_with_counters_of_their_own() {
        roll.type = Directory::activeDirectory;
        map("example.test");
        roll.person(1, "Ada", "Byron");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void map(String suffix) {
        roll.mapping = Roll.mapping()
                .attribute("sAMAccountName", AttributeRule.unique("${record.last | lower}"))
                .attribute("userPrincipalName", AttributeRule.unique("${record.last | lower}@" + suffix))
                .build();
    }

    private List<String> names(Plan plan) {
        return plan.changes()
                .flatMap(change -> change.attributes().stream())
                .filter(change ->
                        change.name().equals("sAMAccountName") || change.name().equals("userPrincipalName"))
                .map(change -> String.join(" ", change.afterText()))
                .sorted()
                .toList();
    }

    @Test
    void the_account_name_of_somebody_elses_logon_name_is_not_free() {
        roll.account("other", "userPrincipalName: Byron@EXAMPLE.test", "sAMAccountName: other");

        try (Plan plan = roll.plan()) {
            assertThat(names(plan))
                    .hasSize(2)
                    .allSatisfy(name -> assertThat(name).contains("byron2"));
        }
    }

    @Test
    void the_logon_name_of_somebody_elses_account_name_is_not_free() {
        roll.account("other", "sAMAccountName: BYRON");

        try (Plan plan = roll.plan()) {
            assertThat(names(plan))
                    .hasSize(2)
                    .allSatisfy(name -> assertThat(name).contains("byron2"));
        }
    }

    @Test
    void of_two_new_people_the_second_gets_two_names_that_are_free() {
        roll.person(2, "Ada", "Byron");

        try (Plan plan = roll.plan()) {
            assertThat(names(plan))
                    .hasSize(4)
                    .filteredOn(name -> name.contains("byron2"))
                    .hasSize(2);
        }
    }

    @Test
    void a_logon_name_of_another_domain_is_another_name() {
        map("mail.test");
        roll.account("other", "sAMAccountName: byron");

        try (Plan plan = roll.plan()) {
            assertThat(names(plan)).anySatisfy(name -> assertThat(name).contains("byron@mail.test"));
        }
    }

    @Test
    void other_servers_know_nothing_of_it() {
        roll.type = Directory::openLdap;
        roll.account("other", "sAMAccountName: byron");

        try (Plan plan = roll.plan()) {
            assertThat(names(plan)).anySatisfy(name -> assertThat(name).contains("byron@example.test"));
        }
    }
}
