package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import org.junit.jupiter.api.Test;

/** Accounts of an application whose person has another key now, or the same key spelled anew. */
class ChangedAccountKeysTest extends AccountRoll {
    @Test
    void a_key_in_another_spelling_leaves_both_alone() {
        everybody(10);
        people.set(7, record("id", "08", "mail", "u8@example.test", "title", "Engineer"));
        people.set(8, record("id", " 9 ", "mail", "new9@example.test", "title", "Engineer"));

        try (Plan plan = plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.conflicts())
                    .extracting(Conflict::situation)
                    .contains(Situation.KEY_CHANGED)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void a_record_with_the_same_value_of_a_match_rule_keeps_the_account() {
        everybody(10);
        people.set(7, record("id", "77", "mail", "u8@example.test", "title", "Engineer"));

        try (Plan plan = plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.conflicts()).extracting(Conflict::situation).contains(Situation.KEY_CHANGED);
        }
    }

    @Test
    void a_record_without_key_keeps_the_account_that_it_matches() {
        everybody(10);
        people.set(7, record("mail", "u8@example.test", "title", "Engineer"));

        try (Plan plan = plan()) {
            assertThat(plan.isEmpty()).isTrue();
        }
    }

    @Test
    void another_person_keeps_nobody_in() {
        everybody(10);
        people.set(7, record("id", "77", "mail", "u77@example.test", "title", "Engineer"));

        try (Plan plan = plan()) {
            assertThat(words(plan)).containsExactlyInAnyOrder("disable 8", "create 77");
        }
    }

    @Test
    void a_list_without_a_single_key_is_no_list_of_people() {
        everybody(1);
        people.set(0, record("mail", "u9@example.test"));

        try (Plan plan = builder()
                .allow("maxDisableOrDelete")
                .allow("maxKeyless")
                .build()
                .plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.source().reason())
                    .hasValueSatisfying(
                            reason -> assertThat(reason).contains("no record has the key column 'id'", "'mail'"));
        }
    }
}
