package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first load into a base in which the filter of managed entries finds nothing. */
class OverlookedPeopleTest {
    private final Roll roll = new Roll().people(3);

    @AfterEach
    void close() {
        roll.close();
    }

    private boolean isStopped() {
        roll.directorySettings = builder -> builder.filter("(&(objectCategory=person)(objectClass=user))");
        try (Plan plan = roll.plan()) {
            return !plan.guardrails().passed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"contact", "computer", "group", "msDS-GroupManagedServiceAccount"})
    void is_done_where_a_domain_has_none_but_these_there(String sort) {
        roll.type = Directory::activeDirectory;
        roll.entry(
                "dn: cn=other," + Roll.PEOPLE,
                "objectClass: top",
                "objectClass: " + (sort.equals("group") ? "top" : "person"),
                "objectClass: " + (sort.equals("contact") || sort.equals("group") ? "top" : "user"),
                "objectClass: " + (sort.startsWith("ms") ? "computer" : "top"),
                "objectClass: " + sort,
                "cn: other");

        assertThat(isStopped()).isFalse();
    }

    @Test
    void is_stopped_where_a_domain_has_users_there() {
        roll.type = Directory::activeDirectory;
        roll.account("one", "objectClass: user");

        assertThat(isStopped()).isTrue();
    }

    @Test
    void is_stopped_where_another_directory_has_persons_there() {
        roll.account("one", "objectClass: person");

        assertThat(isStopped()).isTrue();
    }
}
