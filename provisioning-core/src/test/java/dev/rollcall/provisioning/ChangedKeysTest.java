package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records whose key is spelled anew, and records of other people. */
class ChangedKeysTest {
    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    @BeforeEach
    void thirty_people_have_accounts() {
        roll.people(30).sync().close();
    }

    private void respell(String key) {
        roll.without(8);
        roll.records.add(UserRecord.of(
                Map.of("id", key, "first", "First8", "last", "Last8", "email", "first8.last8@example.test")));
    }

    @Nested
    class The_key_of_an_entry_in_another_spelling {
        @ParameterizedTest
        @ValueSource(
                strings = {" 8 ", "8.0", "8.00", "08", "\u200b8", "8\ufeff", "\uff18", "8\u00a0", "\u20608", "8\t"})
        void leaves_entry_and_record_alone_and_is_reported(String key) {
            respell(key);

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.situations()).containsEntry(Situation.KEY_CHANGED, 1);
                assertThat(plan.conflicts())
                        .singleElement()
                        .satisfies(conflict -> assertThat(conflict.detail())
                                .startsWith("uid=flast8," + Roll.PEOPLE + " has the key 8, which is in no record"));
            }
        }

        @Test
        void ends_nobody_whose_record_cannot_be_judged() {
            roll.sourceSettings = source -> source.active("record.here");
            respell("08");

            try (Plan plan = roll.plan()) {
                assertThat(plan.conflicts())
                        .filteredOn(conflict -> conflict.situation() == Situation.KEY_CHANGED)
                        .hasSize(1);
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isZero();
            }
        }

        @Test
        void ends_the_account_of_somebody_inactive_but_does_not_delete_it() {
            roll.sourceSettings = source -> source.active("(record.gone ?? false) == false");
            roll.policies = builder -> builder.leavers(Leavers.delete()).categories(Categories.all());
            roll.without(8);
            roll.records.add(UserRecord.of(Map.of("id", "08", "first", "F", "last", "L", "gone", true)));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 8 uid=flast8");
            }
        }

        @Test
        void is_not_created_by_a_run_that_does_not_know_who_is_missing() {
            respell("08");
            roll.sourceSettings = source -> source.delta();
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 08");
            }
            roll.sourceSettings = source -> source;
            roll.policies = builder -> builder.keys(List.of("08"));
            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 08");
            }
        }

        @Test
        void is_no_other_spelling_where_that_record_has_an_entry_of_its_own() {
            roll.account("other", "employeeNumber: 08");
            respell("08");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).contains("disable 8 uid=flast8");
            }
        }
    }

    @Nested
    class A_record_with_another_key {
        @Test
        void of_a_namesake_hired_on_the_same_day_keeps_nobody_in() {
            roll.without(8).person(31, "First8", "Last8");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan))
                        .containsExactlyInAnyOrder("disable 8 uid=flast8", "create 31 uid=flast82");
                assertThat(plan.conflicts()).isEmpty();
            }
        }

        @Test
        void with_the_same_value_of_a_match_rule_leaves_both_alone() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.without(8).person(31, "First8", "Last8");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 31");
            }
        }

        @Test
        void with_a_unique_name_that_a_match_rule_looks_at_keeps_nobody_in() {
            roll.mapping = Roll.mapping()
                    .match("uid", "${record.first | first(1) | lower}${record.last | lower}")
                    .build();
            roll.without(8).person(31, "First8", "Last8");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).contains("disable 8 uid=flast8");
            }
        }

        @Test
        void that_would_get_a_DN_without_unique_names_leaves_both_alone() {
            roll.records.clear();
            roll.server.clear();
            roll.entry("dn: dc=example,dc=test", "objectClass: domain", "dc: example")
                    .entry("dn: " + Roll.PEOPLE, "objectClass: organizationalUnit", "ou: people");
            roll.mapping = Roll.byName().build();
            roll.people(10).sync().close();
            roll.without(8).person(31, "First8", "Last8");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 31");
            }
        }
    }

    @Nested
    class A_record_without_key {
        @Test
        void that_equals_a_missing_entry_by_a_match_rule_holds_it_back() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.without(8);
            roll.records.add(
                    UserRecord.of(Map.of("first", "First8", "last", "Last8", "email", "first8.last8@example.test")));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("KEY_CHANGED 8", "INVALID ");
            }
        }

        @Test
        void makes_no_list_of_people_if_no_record_has_one() {
            roll.records.clear();
            roll.records.add(UserRecord.of(Map.of("first", "First8", "last", "Last8")));
            roll.policies = builder -> builder.allow("maxDisableOrDelete").allow("maxKeyless");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().reason())
                        .hasValueSatisfying(reason ->
                                assertThat(reason).contains("no record has the key column 'id'", "'first', 'last'"));
            }
        }

        @Test
        void that_is_about_somebody_else_keeps_nobody_in() {
            roll.mapping =
                    Roll.mapping().match("mail", "${record.email | lower}").build();
            roll.without(8);
            roll.records.add(UserRecord.of(Map.of("first", "First8", "last", "Last8", "email", "other@example.test")));

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("disable 8 uid=flast8");
            }
        }

        @Test
        void but_with_half_a_surrogate_pair_ends_nobody() {
            roll.without(8);
            roll.records.add(UserRecord.of(Map.of("id", "\ud8008", "first", "First8", "last", "Last8")));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().isComplete()).isFalse();
                assertThat(Roll.conflicts(plan)).containsExactly("INVALID ");
            }
        }
    }
}
