package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.plan.Unresolved;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SituationsTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class Accounts_without_key {
        @Test
        void are_linked_by_a_match_rule_and_not_doubled() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.policies = builder -> builder.categories(Categories.defaults().and("link"));
            roll.account("countess", "mail: ada.lovelace@EXAMPLE.test");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).first().isEqualTo("link 1 uid=countess");
                assertThat(plan.situations()).containsEntry(Situation.MATCHED, 1);
            }
            roll.sync();
            assertThat(roll.uids()).containsExactly("countess");
            assertThat(roll.values("uid=countess", "employeeNumber")).containsExactly("1");
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void are_listed_and_their_people_not_created_if_links_are_not_allowed() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.account("countess", "mail: ada.lovelace@example.test");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.withheld().of(ChangeKind.LINK)).isOne();
            }
        }

        @Test
        void are_not_doubled_if_what_they_are_found_by_could_not_be_read() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.account("countess", "mail: ada.lovelace@example.test");
            roll.records.add(Roll.record(1, "Ada", "Lovelace").with("email", Value.unknown("503")));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.situation()).isEqualTo(Situation.AMBIGUOUS);
                    assertThat(conflict.detail()).isEqualTo("match mail: the value could not be read: 503");
                });
            }
        }

        @Test
        void are_left_alone_if_two_records_match_one() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.account("countess", "mail: ada.lovelace@example.test");
            roll.person(1, "Ada", "Lovelace").person(2, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 1", "AMBIGUOUS 2");
            }
        }

        @Test
        void are_left_alone_if_one_record_matches_two() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.account("countess", "mail: ada.lovelace@example.test");
            roll.account("ada", "mail: ada.lovelace@example.test");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 1");
            }
        }

        @Test
        void stop_the_creation_of_people_whom_nothing_matches() {
            for (int i = 0; i < 20; i++) {
                roll.account("old" + i);
            }
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.guardrails().tripped())
                        .extracting(Guardrail::label)
                        .containsExactly("unlinkedEntries");
            }
        }
    }

    @Nested
    class A_key_that_is_in_use {
        @Test
        void outside_the_base_is_a_conflict() {
            roll.entry("dn: cn=ada," + Roll.GROUPS, "objectClass: inetOrgPerson", "cn: ada", "employeeNumber: 1");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 1");
            }
        }

        @Test
        void by_a_protected_entry_is_a_conflict() {
            roll.directorySettings = builder -> builder.protect("uid=boss," + Roll.PEOPLE);
            roll.account("boss", "employeeNumber: 1");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("ELSEWHERE 1");
            }
        }

        @Test
        void in_an_entry_that_has_the_key_of_another_record_too_is_a_conflict_for_both() {
            roll.sourceSettings = source -> source.active("record.here");
            roll.account("ada", "employeeNumber: 1", "employeeNumber: 2");
            roll.person(1, "Ada", "Lovelace", "here", "true").person(2, "Alan", "Turing", "here", "false");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 1", "AMBIGUOUS 2");
            }
        }

        @Test
        void by_two_entries_is_a_conflict() {
            roll.account("ada", "employeeNumber: 1");
            roll.account("ada2", "employeeNumber: 1");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 1");
            }
        }
    }

    @Nested
    class Two_sources_in_one_subtree {
        @Test
        void never_disable_each_others_people() {
            roll.directorySettings = builder -> builder.mark("description", "rollcall:hr");
            roll.account("theirs", "employeeNumber: 70", "description: rollcall:crm");
            roll.account("nobodys", "employeeNumber: 71");
            roll.person(1, "Ada", "Lovelace").sync();

            assertThat(roll.values("uid=alovelace", "description")).containsExactly("rollcall:hr");
            roll.without(1).person(2, "Alan", "Turing");
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 1 uid=alovelace", "create 2 uid=aturing");
            }
            roll.sync();
            assertThat(roll.values("uid=alovelace", "description")).containsExactly("rollcall:hr;disabled=2026-11-23");
        }

        @Test
        void report_a_key_that_the_other_owns() {
            roll.directorySettings = builder -> builder.mark("description", "rollcall:hr");
            roll.account("theirs", "employeeNumber: 1", "description: rollcall:crm");
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("OWNED_BY_OTHER 1");
            }
        }
    }

    @Nested
    class An_account_that_somebody_disabled {
        @Test
        void stays_disabled_if_it_was_not_us() {
            roll.directorySettings = builder -> builder.mark("description", "rollcall:hr");
            roll.person(1, "Ada", "Lovelace").sync();
            roll.modify(
                    "dn: uid=alovelace," + Roll.PEOPLE,
                    "changetype: modify",
                    "add: pwdAccountLockedTime",
                    "pwdAccountLockedTime: 000001010000Z");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("DISABLED_ELSEWHERE 1");
            }
            roll.policies = builder -> builder.enable(Enabling.ALWAYS);
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("enable 1 uid=alovelace");
            }
        }
    }

    @Nested
    class Somebody_inactive {
        @Test
        void is_disabled_and_kept_in_step() {
            roll.people(30).sync();
            roll.sourceSettings = source -> source.active("record.active ?? true");
            roll.without(3).person(3, "First3", "Changed", "active", "false");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactlyInAnyOrder("modify 3 uid=flast3", "disable 3 uid=flast3");
                assertThat(plan.situations()).containsEntry(Situation.INACTIVE, 1);
            }
        }

        @Test
        void is_disabled_even_if_the_record_cannot_be_mapped() {
            roll.people(30).sync();
            roll.sourceSettings = source -> source.active("record.active ?? true");
            roll.without(3);
            roll.records.add(dev.rollcall.connector.UserRecord.of(
                    java.util.Map.of("id", 3, "first", "Nameless", "active", false)));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 3 uid=flast3");
                assertThat(Roll.conflicts(plan)).containsExactly("INVALID 3");
            }
        }

        @Test
        void gets_no_account() {
            roll.sourceSettings = source -> source.active("record.active");
            roll.person(3, "Ada", "Lovelace", "active", "no");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).isEmpty();
            }
        }
    }

    @Nested
    class References {
        @Test
        void lead_to_people_who_come_in_the_same_plan_even_in_a_circle() {
            roll.person(1, "Ada", "Lovelace", "manager", "2").person(2, "Alan", "Turing", "manager", "1");

            roll.sync();

            assertThat(roll.values("uid=alovelace", "manager")).containsExactly("uid=aturing," + Roll.PEOPLE);
            assertThat(roll.values("uid=aturing", "manager")).containsExactly("uid=alovelace," + Roll.PEOPLE);
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void to_nobody_are_listed_and_leave_the_present_value() {
            roll.person(1, "Ada", "Lovelace", "manager", "2")
                    .person(2, "Alan", "Turing")
                    .sync();
            roll.without(1).person(1, "Ada", "Lovelace", "manager", "77");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.unresolved()).isEqualTo(List.of(new Unresolved("1", "manager", "77")));
            }
        }
    }

    @Nested
    class Groups {
        private static final String SALES = "cn=sales," + Roll.GROUPS;

        @Test
        void get_those_who_belong_and_lose_those_of_ours_who_do_not() {
            roll.mapping =
                    Roll.mapping().group(SALES, "record.department == 'Sales'").build();
            roll.entry(
                    "dn: " + SALES, "objectClass: groupOfNames", "cn: sales", "member: cn=stranger,dc=example,dc=test");
            roll.person(1, "Ada", "Lovelace", "department", "Sales").sync();

            assertThat(roll.read(SALES).getAttributeValues("member"))
                    .containsExactlyInAnyOrder("cn=stranger,dc=example,dc=test", "uid=alovelace," + Roll.PEOPLE);
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
            roll.without(1).person(1, "Ada", "Lovelace", "department", "IT");
            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("groupRemove 1 uid=alovelace");
            }
            roll.sync();
            assertThat(roll.read(SALES).getAttributeValues("member")).containsExactly("cn=stranger,dc=example,dc=test");
        }

        @Test
        void that_do_not_exist_are_a_conflict() {
            roll.mapping = Roll.mapping().group("cn=nope," + Roll.GROUPS).build();
            roll.person(1, "Ada", "Lovelace");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 1 uid=alovelace");
                assertThat(Roll.conflicts(plan)).containsExactly("GROUP_UNAVAILABLE ");
            }
        }
    }
}
