package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** People who return with another key, and keys that were renumbered. */
class RekeyingTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void thirty_people_have_accounts() {
        roll.policies = builder -> builder.categories(Categories.all());
        roll.people(30).sync().close();
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void become(int old, Object... columns) {
        roll.without(old);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("first", "First" + old);
        record.put("last", "Last" + old);
        record.put("email", "first" + old + ".last" + old + "@example.test");
        for (int i = 0; i < columns.length; i += 2) {
            record.put((String) columns[i], columns[i + 1]);
        }
        roll.records.add(UserRecord.of(record));
    }

    private String keyOf(String uid) {
        return roll.read("uid=" + uid + "," + Roll.PEOPLE).getAttributeValue("employeeNumber");
    }

    @Nested
    class A_rule_that_takes_rehires {
        @BeforeEach
        void by_mail() {
            roll.mapping = Roll.mapping()
                    .matchRehires("mail", "${record.email | lower}")
                    .build();
        }

        @Test
        void links_the_account_of_a_key_that_no_record_has_any_more() {
            become(8, "id", 31);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("link 31 uid=flast8");
                assertThat(plan.situations()).containsEntry(Situation.REKEYED, 1);
                assertThat(plan.conflicts()).isEmpty();
                assertThat(plan.changes().toList().get(0).attributes())
                        .anySatisfy(change -> assertThat(change.name()).isEqualTo("employeeNumber"));
            }
            roll.sync().close();
            assertThat(keyOf("flast8")).isEqualTo("31");
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void enables_the_account_that_a_run_disabled_when_the_person_left() {
            roll.without(8).sync().close();
            become(8, "id", 31, "title", "x");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("link 31 uid=flast8", "enable 31 uid=flast8");
            }
            roll.sync().close();
            assertThat(roll.read("uid=flast8," + Roll.PEOPLE).hasAttribute("pwdAccountLockedTime"))
                    .isFalse();
        }

        @Test
        void changes_what_differs_and_the_references_to_the_new_key() {
            become(8, "id", 31);
            roll.without(9);
            roll.records.add(UserRecord.of(Map.of(
                    "id", 9, "first", "First9", "last", "Last9", "email", "first9.last9@example.test", "manager", 31)));
            roll.sync().close();

            assertThat(roll.read("uid=flast9," + Roll.PEOPLE).getAttributeValue("manager"))
                    .isEqualTo("uid=flast8," + Roll.PEOPLE);
        }

        @Test
        void does_not_take_the_account_of_somebody_who_is_still_there() {
            roll.records.add(UserRecord.of(
                    Map.of("id", 31, "first", "First8", "last", "Last8", "email", "first8.last8@example.test")));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 31 uid=flast82");
            }
        }

        @Test
        void is_ambiguous_if_two_records_or_two_entries_match() {
            become(8, "id", 31);
            roll.records.add(UserRecord.of(
                    Map.of("id", 32, "first", "First8", "last", "Last8", "email", "first8.last8@example.test")));
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 31", "AMBIGUOUS 32");
            }
            roll.records.remove(roll.records.size() - 1);
            roll.account("twin", "employeeNumber: 99", "mail: first8.last8@example.test");
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("AMBIGUOUS 31");
            }
        }

        @Test
        void is_withheld_and_nobody_created_without_the_category_link() {
            roll.policies = builder ->
                    builder.categories(Categories.of(ChangeKind.CREATE, ChangeKind.MODIFY, ChangeKind.DISABLE));
            become(8, "id", 31);

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.withheld().of(ChangeKind.LINK)).isEqualTo(1);
            }
        }

        @Test
        void leaves_both_alone_in_a_run_that_does_not_know_who_is_missing() {
            become(8, "id", 31);
            roll.sourceSettings = source -> source.delta();
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 31");
            }
            roll.sourceSettings = source -> source;
            roll.policies = builder -> builder.keys(List.of("31")).categories(Categories.all());
            try (Plan plan = roll.plan()) {
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 31");
            }
        }

        @Test
        void disables_and_does_not_delete_the_account_of_an_inactive_record() {
            roll.sourceSettings = source -> source.active("(record.gone ?? false) == false");
            roll.policies = builder -> builder.leavers(Leavers.delete()).categories(Categories.all());
            become(8, "id", 31, "gone", true);

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 8 uid=flast8");
            }
        }

        @Test
        void is_held_by_a_record_without_key_that_matches_too() {
            become(8, "id", 31);
            roll.records.add(
                    UserRecord.of(Map.of("first", "First8", "last", "Last8", "email", "first8.last8@example.test")));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).contains("KEY_CHANGED 31");
            }
        }

        @Test
        void renumbers_no_company_unless_it_is_allowed() {
            for (int id = 1; id <= 30; id++) {
                become(id, "id", 100 + id);
            }
            try (Plan plan = roll.plan()) {
                assertThat(plan.guardrails().passed()).isFalse();
                assertThat(Roll.changes(plan)).isEmpty();
            }
        }
    }

    @Nested
    class A_previous_key {
        @BeforeEach
        void in_a_column() {
            roll.mapping = Roll.mapping().previousKey("old").build();
        }

        @Test
        void links_the_account_that_has_it() {
            become(8, "id", "N-8", "old", 8, "email", "other@example.test");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("link N-8 uid=flast8", "modify N-8 uid=flast8");
                assertThat(plan.situations()).containsEntry(Situation.REKEYED, 1);
            }
            roll.sync().close();
            assertThat(keyOf("flast8")).isEqualTo("N-8");
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void that_is_the_key_or_nobodys_changes_nothing() {
            become(8, "id", 8, "old", 8);
            become(9, "id", 9, "old", 77);

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).isEmpty();
            }
        }

        @Test
        void that_another_record_has_now_leaves_both_alone() {
            become(9, "id", 31, "old", 9);
            become(8, "id", 9, "old", 8);

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 9", "KEY_CHANGED 31");
            }
        }

        @Test
        void that_cannot_be_read_creates_nobody() {
            become(8, "id", 31, "old", Value.unknown("cut off"));

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.CREATE)).isZero();
                assertThat(Roll.conflicts(plan)).contains("AMBIGUOUS 31");
            }
        }

        @Test
        void is_looked_up_by_a_delta_which_leaves_both_alone() {
            become(8, "id", 31, "old", 8, "email", "other@example.test");
            roll.sourceSettings = source -> source.delta();

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 31");
            }
        }
    }
}
