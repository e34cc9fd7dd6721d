package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.KeyRule;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Keys that a run is limited to, and that neither side has. */
class NotFoundTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private Plan keys(String... keys) {
        roll.policies = builder -> builder.keys(List.of(keys));
        return roll.plan();
    }

    @Nested
    class A_key {
        @Test
        void that_neither_side_has_is_listed_in_plan_and_report() throws IOException {
            roll.people(3).sync().close();
            try (Plan plan = keys("77", "2", "5, x")) {
                assertThat(plan.notFound()).containsExactly("5, x", "77");
                ByteArrayOutputStream report = new ByteArrayOutputStream();
                Report.of(plan).write(report);
                assertThat(new ObjectMapper().readTree(report.toByteArray()).get("notFound"))
                        .extracting(key -> key.asText())
                        .containsExactly("5, x", "77");
            }
        }

        @Test
        void that_only_the_source_has_is_found() {
            roll.people(3);
            try (Plan plan = keys("2")) {
                assertThat(plan.notFound()).isEmpty();
            }
        }

        @Test
        void that_only_the_directory_has_is_found_managed_or_not() {
            roll.people(3).sync().close();
            roll.without(2);
            roll.entry(
                    "dn: uid=admin,dc=example,dc=test",
                    "objectClass: inetOrgPerson",
                    "uid: admin",
                    "cn: a",
                    "sn: a",
                    "employeeNumber: 9");
            roll.directorySettings = builder -> builder.searchBase("dc=example,dc=test");
            roll.reopen();
            try (Plan plan = keys("2", "9", "10")) {
                assertThat(plan.notFound()).containsExactly("10");
            }
        }

        @Test
        void is_found_in_the_spelling_that_the_mapping_compares() {
            roll.mapping = Roll.mapping()
                    .key("id", "employeeNumber", KeyRule.Normalization.STRIP_LEADING_ZEROS)
                    .build();
            roll.records.add(UserRecord.of(Map.of("id", "0042", "first", "A", "last", "B")));
            roll.account("late", "employeeNumber: 0007");
            try (Plan plan = keys("42", "7", "0007", "07", "0008")) {
                assertThat(plan.notFound()).containsExactly("0008");
            }
        }

        @Test
        void of_a_run_about_everybody_is_never_missing() {
            roll.people(3);
            try (Plan plan = roll.plan()) {
                assertThat(plan.notFound()).isEmpty();
            }
        }
    }

    @Test
    void keys_that_an_application_does_not_have_either_are_listed() {
        AccountRoll accounts = new AccountRoll() {};
        accounts.everybody(30);
        accounts.people.subList(20, 30).clear();
        try (Plan plan =
                accounts.builder().keys(List.of("5", "29", "31")).build().plan()) {
            assertThat(plan.notFound()).containsExactly("31");
        }
    }
}
