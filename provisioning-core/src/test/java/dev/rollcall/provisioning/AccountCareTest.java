package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts are handled as carefully as entries. */
class AccountCareTest extends AccountRoll {
    @Nested
    class a_write {
        @Test
        void names_the_key_that_the_account_must_still_have() {
            everybody(3);
            people.remove(2);

            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.isComplete()).isTrue();
            }

            AccountWrite disable = accounts.writes.get(0);
            assertThat(disable.key()).contains("externalId");
            assertThat(disable.seen().orElseThrow().values("externalId")).containsExactly("3");
        }

        @Test
        void that_is_answered_with_the_account_in_another_state_is_not_done() {
            everybody(3);
            people.remove(2);
            accounts.answer = write -> Account.of("a3", "u3@example.test", true, Map.of());

            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.counts().of(ChangeKind.DISABLE)).isZero();
                assertThat(outcomes.failures()).hasSize(1);
            }
        }

        @Test
        void that_is_answered_with_another_account_is_not_done() {
            everybody(3);
            people.remove(2);
            accounts.answer = write -> Account.of("a1", "u1@example.test", false, Map.of());

            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.counts().of(ChangeKind.DISABLE)).isZero();
            }
        }
    }

    @Nested
    class a_value_that_is_taken_away {
        private void answering(List<String> titles) {
            everybody(3);
            people.set(1, record("id", "2", "mail", "u2@example.test", "title", null));
            accounts.answer = write ->
                    Account.of("a2", "u2@example.test", true, Map.of("externalId", List.of("2"), "title", titles));
        }

        /** As a service does that knows no removal and says that it is done. */
        @ParameterizedTest
        @ValueSource(strings = {"Engineer", "Engineer, Chief"})
        void and_is_still_there_is_a_failure(String titles) {
            answering(List.of(titles.split(", ")));

            try (Outcomes outcomes = apply(builder().allow("maxModify"))) {
                assertThat(outcomes.failures())
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.code()).isEqualTo("not-kept"))
                        .satisfies(failed ->
                                assertThat(failed.message()).contains("title still has a value that was taken away"));
                assertThat(outcomes.normalized()).as("it is tried again").isEmpty();
            }
        }

        @Test
        void and_another_one_that_is_there_is_how_the_application_stores_it() {
            answering(List.of("none"));

            try (Outcomes outcomes = apply(builder().allow("maxModify"))) {
                assertThat(outcomes.failures()).isEmpty();
                assertThat(outcomes.normalized()).hasSize(1);
            }
        }

        @Test
        void and_is_gone_is_none() {
            answering(List.of());

            try (Outcomes outcomes = apply(builder().allow("maxModify"))) {
                assertThat(outcomes.isComplete()).isTrue();
            }
        }
    }

    @Nested
    class the_order {
        @Test
        void is_ends_first_and_new_accounts_last() {
            everybody(4);
            people.remove(3);
            people.set(0, record("id", "1", "mail", "u1@example.test", "title", "Chief"));
            accounts.write(AccountWrite.disable(accounts.get("u2@example.test")));
            people.add(person(9));

            try (Plan plan = builder()
                    .allow("maxDisableOrDelete")
                    .allow("maxModify")
                    .build()
                    .plan()) {
                assertThat(words(plan)).containsExactly("disable 4", "modify 1", "enable 2", "create 9");
            }
        }

        @Test
        void lets_a_full_application_keep_no_replacement_waiting() {
            everybody(8);
            accounts.fixed.add("userName");
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            people.set(5, record("id", "6", "mail", "married@example.test", "title", "Engineer"));
            for (int i = 20; i < 23; i++) {
                people.add(person(i));
            }
            accounts.refusal = write -> write.kind() == AccountWrite.Kind.CREATE
                            && write.attributes().get("userName").get(0).startsWith("u2")
                    ? InMemoryAccounts.refused(FailureKind.FORBIDDEN, "no-seats")
                    : null;

            apply(builder()).close();

            assertThat(accounts.get("married@example.test").isActive()).isTrue();
            assertThat(accounts.get("u6@example.test").isActive()).isFalse();
        }
    }

    @Nested
    class a_replacement_whose_response_is_lost {
        @ParameterizedTest
        @EnumSource(
                value = FailureKind.class,
                names = {"AMBIGUOUS", "TIMEOUT", "UNAVAILABLE", "MALFORMED_RESPONSE"})
        void leaves_no_two_active_accounts(FailureKind kind) {
            everybody(1);
            accounts.fixed.add("userName");
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            people.set(0, record("id", "1", "mail", "new@example.test", "title", "Engineer"));
            accounts.lost =
                    write -> write.kind() == AccountWrite.Kind.CREATE ? InMemoryAccounts.refused(kind, "lost") : null;

            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.counts().of(ChangeKind.DISABLE)).isEqualTo(1);
                assertThat(outcomes.failures()).extracting(Outcome::code).containsExactly("lost");
            }
            accounts.lost = write -> null;

            assertThat(accounts.all()).extracting(Account::isActive).containsExactlyInAnyOrder(false, true);
            try (Plan again = builder().build().plan()) {
                assertThat(again.isEmpty()).as(words(again).toString()).isTrue();
            }
        }
    }

    @Nested
    class an_account_that_the_list_leaves_out {
        @Test
        void is_looked_up_and_enabled_instead_of_made_twice() {
            everybody(3);
            accounts.write(AccountWrite.disable(accounts.get("u2@example.test")));
            accounts.unlisted = account -> account.isInactive();

            try (Plan plan = builder().build().plan()) {
                assertThat(words(plan)).containsExactly("enable 2");
            }
        }

        @Test
        void is_found_for_everybody_where_the_list_is_empty() {
            everybody(300);
            accounts.unlisted = account -> true;

            try (Plan plan = builder().build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }
    }

    @Nested
    class two_runs_at_once {
        @Test
        void leave_nobody_two_active_accounts() {
            for (int i = 1; i <= 60; i++) {
                people.add(person(i));
            }
            accounts.lost = write -> {
                String name = String.join("", write.attributes().getOrDefault("userName", List.of()));
                if (name.equals("u7@example.test")) {
                    accounts.add(true, "externalId", "7", "userName", "other-" + name);
                }
                return null;
            };

            try (Outcomes outcomes = apply(builder().allow("emptyTarget"))) {
                assertThat(outcomes.failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("two-accounts");
                    assertThat(failure.message()).contains("other-u7@example.test", "u7@example.test");
                });
            }
            assertThat(accounts.get("u7@example.test").isActive()).isFalse();
            assertThat(accounts.get("other-u7@example.test").isActive()).isTrue();
        }
    }

    @Nested
    class fewer_accounts_than_the_last_run_left {
        private final StateStore state = StateStore.memory();

        @Test
        void are_a_guardrail_before_everybody_is_made_anew() {
            for (int i = 1; i <= 30; i++) {
                people.add(person(i));
            }
            apply(builder().state(state)).close();
            assertThat(accounts.all()).hasSize(30);
            InMemoryAccounts empty = new InMemoryAccounts();
            target = AccountTarget.of("crm", empty);

            try (Plan plan = builder().state(state).build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.guardrails().tripped())
                        .extracting(Guardrail::name)
                        .containsExactly(GuardrailName.EMPTY_TARGET);
            }
            try (Plan plan = builder().state(state).allow("emptyTarget").build().plan()) {
                assertThat(plan.counts().of(ChangeKind.CREATE)).isEqualTo(30);
            }
        }

        @Test
        void are_none_on_a_first_run() {
            people.add(person(1));

            try (Plan plan = builder().state(state).build().plan()) {
                assertThat(words(plan)).containsExactly("create 1");
            }
        }
    }

    @Nested
    class an_account_whose_state_cannot_be_read {
        @Test
        void is_a_conflict_and_not_enabled() {
            everybody(2);
            accounts.unreadable.add("a1");

            try (Plan plan = builder().build().plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.key()).isEqualTo("1");
                    assertThat(conflict.detail()).contains("does not say whether u1@example.test is active");
                });
            }
        }

        @Test
        void ends_with_its_person() {
            everybody(2);
            accounts.unreadable.add("a2");
            people.remove(1);

            try (Plan plan = builder().allow("maxDisableOrDelete").build().plan()) {
                assertThat(words(plan)).containsExactly("disable 2");
            }
        }
    }

    @Nested
    class a_protected_account {
        @Test
        void is_in_no_plan_whatever_its_person_is() {
            everybody(4);
            target = target.protect(List.of("U2@EXAMPLE.test", "a3", "(userName=U4@*)"));
            people.set(1, record("id", "2", "mail", "u2@example.test", "title", "Chief"));
            people.set(2, record("id", "3", "mail", "u3@example.test", "enabled", false));
            people.remove(3);

            try (Plan plan = builder().build().plan()) {
                assertThat(plan.isEmpty()).as(words(plan).toString()).isTrue();
                assertThat(plan.conflicts())
                        .extracting(Conflict::situation, Conflict::key)
                        .containsExactlyInAnyOrder(
                                tuple(Situation.ELSEWHERE, "2"),
                                tuple(Situation.ELSEWHERE, "3"),
                                tuple(Situation.ELSEWHERE, "4"));
            }
        }

        @Test
        void without_a_key_is_not_linked_and_not_made_again() {
            accounts.add(true, "userName", "u1@example.test");
            target = target.protect(List.of("u1@example.test"));
            people.add(person(1));

            try (Plan plan = builder().build().plan()) {
                assertThat(plan.isEmpty()).as(words(plan).toString()).isTrue();
                assertThat(plan.conflicts())
                        .singleElement()
                        .satisfies(conflict -> assertThat(conflict.detail()).contains("is protected"));
            }
        }

        @Test
        void is_named_by_a_filter_that_can_be_read() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> target.protect(Set.of("(userName=")));
        }
    }

    @Test
    void the_kelvin_sign_in_an_address_takes_over_no_account() {
        accounts.add(true, "userName", "kim@example.test");
        people.add(record("id", "1", "mail", "\u212Aim@example.test", "title", "Engineer"));

        try (Plan plan = builder().build().plan()) {
            assertThat(words(plan)).containsExactly("create 1");
        }
    }
}
