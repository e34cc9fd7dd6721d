package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Accounts of an application are made to agree, with the situations and guardrails that a directory has. */
class AccountTargetTest extends AccountRoll {
    @Nested
    class a_person_and_an_account {
        @Test
        void with_one_key_are_kept_in_step_in_what_is_mapped_and_in_nothing_else() {
            accounts.add(true, "externalId", "1", "userName", "u1@example.test", "title", "Old", "nickName", "U");
            people.add(person(1));

            try (Outcomes outcomes = apply(builder())) {
                assertThat(outcomes.counts().of(ChangeKind.MODIFY)).isEqualTo(1);
            }

            assertThat(accounts.writes)
                    .singleElement()
                    .satisfies(write -> assertThat(write.attributes()).isEqualTo(Map.of("title", List.of("Engineer"))));
            assertThat(accounts.get("u1@example.test").values("nickName")).containsExactly("U");
        }

        @Test
        void that_agree_are_left_alone_whatever_case_the_application_ignores() {
            accounts.add(true, "externalId", "1", "userName", "U1@Example.test", "title", "Engineer");
            people.add(person(1));
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.unchanged()).isEqualTo(1);
                assertThat(plan.situations()).containsExactly(Map.entry(Situation.CONFIRMED, 1));
            }
        }

        @Test
        void that_match_are_linked_only_where_that_is_allowed() {
            accounts.add(true, "userName", "u1@example.test", "title", "Old");
            people.add(person(1));
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.withheld().of(ChangeKind.LINK)).isEqualTo(1);
            }
            ReconcilerBuilder linking =
                    builder().categories(Categories.defaults().and("link"));
            try (Outcomes outcomes = apply(linking.allow("maxModify"))) {
                assertThat(outcomes.isComplete()).isTrue();
            }
            Account account = accounts.get("u1@example.test");
            assertThat(account.values("externalId")).containsExactly("1");
            assertThat(account.values("title")).containsExactly("Engineer");
            assertThat(accounts.all()).hasSize(1);
        }

        @Test
        void are_one_new_account_where_there_is_none() {
            people.add(person(1));
            try (Outcomes outcomes = apply(builder())) {
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1);
            }
            assertThat(accounts.get("u1@example.test").attributes())
                    .containsEntry("externalId", List.of("1"))
                    .containsEntry("title", List.of("Engineer"));
        }

        @Test
        void that_belongs_to_nobody_of_ours_is_counted_and_never_touched() {
            accounts.add(true, "userName", "admin@example.test");
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.situations()).containsEntry(Situation.UNLINKED, 1);
            }
        }

        @Test
        void that_matches_and_has_another_key_is_a_conflict_and_not_made_twice() {
            accounts.add(true, "externalId", "99", "userName", "u1@example.test");
            people.add(person(1));
            people.add(record("id", "99", "mail", "u1@example.test", "title", "Engineer"));
            try (Plan plan = plan()) {
                assertThat(plan.situations()).containsEntry(Situation.ELSEWHERE, 1);
                assertThat(words(plan)).containsExactly("modify 99");
            }
        }

        @Test
        void of_which_there_are_several_is_ambiguous_on_either_side() {
            accounts.add(true, "externalId", "1", "userName", "one@example.test");
            accounts.add(true, "externalId", "1", "userName", "two@example.test");
            people.add(person(1));
            people.add(person(2));
            people.add(person(2));
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts())
                        .extracting(Conflict::situation)
                        .containsExactlyInAnyOrder(Situation.AMBIGUOUS, Situation.DUPLICATE_KEY);
            }
        }

        @Test
        void are_not_doubled_if_what_they_are_matched_by_could_not_be_read() {
            accounts.add(true, "userName", "u1@example.test", "title", "Old");
            people.add(person(1).with("mail", Value.unknown("503")));
            Mapping byId = Mapping.builder()
                    .forAccounts()
                    .key("id", "externalId")
                    .match("userName", "${record.mail | lower}")
                    .attribute("title", "${record.title}")
                    .build();
            try (Plan plan =
                    Reconciler.builder(Source.of(people), byId, target).build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).extracting(Conflict::situation).containsExactly(Situation.AMBIGUOUS);
            }
        }

        @Test
        void that_several_people_match_is_linked_to_none() {
            accounts.add(true, "userName", "u1@example.test");
            people.add(person(1));
            people.add(record("id", "2", "mail", "U1@example.test", "title", "Engineer"));
            try (Plan plan = builder()
                    .categories(Categories.defaults().and("link"))
                    .build()
                    .plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts())
                        .hasSize(2)
                        .allSatisfy(conflict -> assertThat(conflict.situation()).isEqualTo(Situation.AMBIGUOUS));
            }
        }

        @Test
        void whose_mapping_fails_keep_the_account() {
            everybody(1);
            people.set(0, record("id", "1", "title", "Engineer"));
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.situation()).isEqualTo(Situation.INVALID);
                    assertThat(conflict.key()).isEqualTo("1");
                });
            }
        }
    }

    @Nested
    class somebody_who_leaves {
        @Test
        void is_disabled_whether_missing_inactive_or_out_of_scope() {
            everybody(4);
            people.set(0, record("id", "1", "mail", "u1@example.test", "title", "Engineer", "enabled", false));
            people.set(1, record("id", "2", "mail", "u2@example.test", "title", "Engineer", "away", true));
            people.remove(2);
            source = all -> all.active("record.enabled ?? true").scope("not (record.away ?? false)");
            try (Plan plan = builder().allow("maxDisableOrDelete").build().plan()) {
                assertThat(words(plan)).containsExactly("disable 1", "disable 2", "disable 3");
                assertThat(plan.situations())
                        .containsEntry(Situation.INACTIVE, 1)
                        .containsEntry(Situation.OUT_OF_SCOPE, 1)
                        .containsEntry(Situation.SOURCE_MISSING, 1);
            }
        }

        @Test
        void is_disabled_even_if_nothing_can_be_mapped() {
            everybody(1);
            people.set(0, record("id", "1", "enabled", false));
            try (Plan plan = builder().allow("maxDisableOrDelete").build().plan()) {
                assertThat(words(plan)).containsExactly("disable 1");
            }
        }

        @Test
        void is_left_alone_entirely_where_leavers_are_ignored() {
            accounts.add(true, "externalId", "1", "userName", "u1@example.test", "title", "by hand");
            people.add(record("id", "1", "mail", "u1@example.test", "title", "Engineer", "enabled", false));
            try (Plan plan = builder().leavers(Leavers.ignore()).build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.situations()).containsExactly(Map.entry(Situation.INACTIVE, 1));
            }
        }

        @Test
        void after_another_account_was_made_and_comes_back_gets_the_one_that_matches() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            accounts.add(false, "externalId", "1", "userName", "old1@example.test", "title", "Engineer");
            accounts.add(false, "externalId", "1", "userName", "u1@example.test", "title", "Engineer");
            people.add(person(1));
            apply(builder()).close();

            assertThat(accounts.get("u1@example.test").isActive()).isTrue();
            assertThat(accounts.get("old1@example.test").isActive()).isFalse();
        }

        @Test
        void after_another_account_was_made_and_matches_neither_is_for_a_person_to_sort_out() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            accounts.add(false, "externalId", "1", "userName", "older1@example.test", "title", "Engineer");
            accounts.add(false, "externalId", "1", "userName", "old1@example.test", "title", "Engineer");
            people.add(person(1));
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).extracting(Conflict::situation).containsExactly(Situation.AMBIGUOUS);
            }
        }

        @Test
        void is_deleted_only_where_policy_and_categories_say_so() {
            everybody(2);
            people.remove(1);
            ReconcilerBuilder asked = builder().leavers(Leavers.delete()).allow("maxDisableOrDelete");
            try (Plan plan = asked.build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.withheld().of(ChangeKind.DELETE)).isEqualTo(1);
            }
            try (Outcomes outcomes = apply(asked.categories(Categories.all()))) {
                assertThat(outcomes.counts().of(ChangeKind.DELETE)).isEqualTo(1);
            }
            assertThat(accounts.all()).hasSize(1);
        }

        @Test
        void and_comes_back_is_enabled_unless_nobody_shall_be() {
            people.add(person(1));
            accounts.add(false, "externalId", "1", "userName", "u1@example.test", "title", "Engineer");
            try (Plan plan = builder().enable(Enabling.NEVER).build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts())
                        .extracting(Conflict::situation)
                        .containsExactly(Situation.DISABLED_ELSEWHERE);
            }
            try (Outcomes outcomes = apply(builder())) {
                assertThat(outcomes.counts().of(ChangeKind.ENABLE)).isEqualTo(1);
            }
            assertThat(accounts.get("u1@example.test").isActive()).isTrue();
        }
    }

    @Nested
    class a_guardrail {
        @Test
        void keeps_everybody_when_half_of_the_source_is_missing() {
            everybody(40);
            people.subList(20, 40).clear();
            people.set(0, record("id", "1", "mail", "u1@example.test", "title", "Chief"));
            try (Plan plan = plan();
                    Outcomes outcomes = builder().build().apply(plan)) {
                assertThat(plan.guardrails().passed()).isFalse();
                assertThat(plan.blocked().of(ChangeKind.DISABLE)).isEqualTo(20);
                assertThat(words(plan)).containsExactly("modify 1");
                assertThat(outcomes.isComplete()).isTrue();
            }
            assertThat(accounts.all()).allMatch(Account::isActive);
        }

        @Test
        void keeps_everybody_when_the_source_is_empty() {
            everybody(20);
            people.clear();
            try (Plan plan = plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.guardrails().passed()).isFalse();
            }
        }

        @Test
        void stops_a_run_of_which_too_much_fails() {
            for (int i = 1; i <= 100; i++) {
                people.add(person(i));
            }
            accounts.refusal = write -> InMemoryAccounts.refused(FailureKind.REJECTED, "invalid-value");
            Guardrails few = Guardrails.defaults().failures(Limit.count(5));
            try (Outcomes outcomes = apply(builder().guardrails(few).allow("emptyTarget"))) {
                assertThat(outcomes.failures()).hasSizeBetween(5, 7);
                assertThat(outcomes.isComplete()).isFalse();
            }
            assertThat(accounts.writes).hasSizeLessThan(10);
        }

        @Test
        void is_not_needed_where_half_a_list_of_the_source_plans_nothing_at_all() {
            everybody(40);
            UserSource half = query -> PageIterator.of(token -> {
                if (token != null) {
                    throw InMemoryAccounts.refused(FailureKind.UNAVAILABLE, "status-503");
                }
                return Page.upTo(people.subList(0, 20), "2");
            });
            try (Plan plan = Reconciler.builder(Source.of(half), ACCOUNTS, target)
                    .build()
                    .plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().isComplete()).isFalse();
            }
        }

        @Test
        void is_not_needed_where_half_a_list_of_the_accounts_ends_the_run() {
            everybody(40);
            accounts.listed = 20;
            assertThatThrownBy(AccountTargetTest.this::plan).isInstanceOf(ConnectorException.class);
        }
    }

    @Nested
    class a_plan {
        @Test
        void is_the_same_to_the_byte_whatever_the_order_of_people_accounts_and_pages() {
            everybody(30);
            for (int i = 0; i < 10; i++) {
                people.set(i, record("id", "" + (i + 1), "mail", "u" + (i + 1) + "@example.test", "title", "Chief"));
                people.add(person(100 + i));
            }
            List<String> hashes = new ArrayList<>();
            List<Account> shuffled = new ArrayList<>(accounts.all());
            for (int seed = 0; seed < 5; seed++) {
                Collections.shuffle(people, new Random(seed));
                Collections.shuffle(shuffled, new Random(seed));
                accounts.reorder(shuffled);
                accounts.pageSize = 1 + seed * 3;
                try (Plan plan = builder().allow("maxDisableOrDelete").build().plan()) {
                    assertThat(plan.counts().of(ChangeKind.CREATE)).isEqualTo(10);
                    assertThat(plan.counts().of(ChangeKind.MODIFY)).isEqualTo(10);
                    hashes.add(plan.hash());
                }
            }
            assertThat(hashes).containsOnly(hashes.get(0));
        }

        @Test
        void about_named_people_finds_them_and_takes_nobody_for_missing() {
            everybody(30);
            people.set(4, record("id", "5", "mail", "u5@example.test", "title", "Chief"));
            people.subList(20, 30).clear();
            try (Plan plan = builder().keys(List.of("5", "29")).build().plan()) {
                assertThat(words(plan)).containsExactly("modify 5");
            }
        }

        @Test
        void is_not_made_of_attributes_that_the_application_refuses() {
            accounts.problems = List.of(
                    Problem.of("unknown-attribute", "title", "no title", ""),
                    Problem.of("read-only-attribute", "externalId", "not yours", ""),
                    Problem.of("required-attribute", "", "no name", ""));
            assertThatThrownBy(AccountTargetTest.this::plan)
                    .isInstanceOfSatisfying(
                            ConfigurationException.class,
                            failed -> assertThat(failed.problems())
                                    .extracting(Problem::path)
                                    .containsExactly(
                                            "mapping.attributes.title", "mapping.key.attribute", "mapping.attributes"));
        }
    }
}
