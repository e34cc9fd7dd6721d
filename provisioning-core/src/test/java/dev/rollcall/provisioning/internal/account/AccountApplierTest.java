package dev.rollcall.provisioning.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Account;
import dev.rollcall.connector.AccountWrite;
import dev.rollcall.connector.AccountWriter;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.AccountRoll;
import dev.rollcall.provisioning.InMemoryAccounts;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.account.AccountTarget;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of the changes of accounts, where the application refuses, forgets or never changes something. */
class AccountApplierTest extends AccountRoll {
    @Nested
    class an_attribute_that_never_changes_in_an_account {
        @BeforeEach
        void an_account_with_an_old_name() {
            accounts.fixed.add("userName");
            accounts.add(true, "externalId", "1", "userName", "old@example.test", "title", "Old");
            people.add(person(1));
        }

        @Test
        void is_a_conflict_and_what_else_has_changed_is_written() {
            try (Plan plan = plan()) {
                assertThat(words(plan)).containsExactly("modify 1");
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.situation()).isEqualTo(Situation.REPLACEMENT_NEEDED);
                    assertThat(conflict.detail()).contains("userName", "old@example.test", "fixedAttributes: replace");
                });
            }
        }

        @Test
        void ends_the_account_and_begins_another_where_that_is_asked_for() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.isComplete()).isTrue();
            }
            assertThat(accounts.get("old@example.test").isActive()).isFalse();
            assertThat(accounts.get("u1@example.test").isActive()).isTrue();
            try (Plan again = builder().allow("maxDisableOrDelete").build().plan()) {
                assertThat(again.isEmpty()).as(words(again).toString()).isTrue();
            }
        }

        @Test
        void gives_the_account_back_if_the_other_cannot_be_made() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            accounts.seats = 1;
            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.failures()).extracting(Outcome::code).containsExactly("seat-limit", "taken-back");
                assertThat(outcomes.counts().isEmpty()).isTrue();
            }
            assertThat(accounts.get("old@example.test").isActive()).isTrue();
        }

        @Test
        void says_who_is_left_without_account_if_nothing_helps() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            accounts.refusal = write -> write.kind() == AccountWrite.Kind.DISABLE
                    ? null
                    : InMemoryAccounts.refused(FailureKind.REJECTED, "locked");
            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.failures()).extracting(Outcome::code).containsExactly("locked", "left-disabled");
            }
        }

        @Test
        void leaves_everything_as_it_is_if_the_old_account_cannot_be_ended() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            accounts.refusal = write -> write.kind() == AccountWrite.Kind.DISABLE
                    ? InMemoryAccounts.refused(FailureKind.FORBIDDEN, "forbidden")
                    : null;
            try (Outcomes outcomes = apply(builder().allow("maxDisableOrDelete"))) {
                assertThat(outcomes.failures()).extracting(Outcome::code).containsExactly("forbidden");
            }
            assertThat(accounts.all()).hasSize(1);
        }

        @Test
        void is_done_by_both_halves_or_by_neither() {
            target = target.onFixed(AccountTarget.OnFixed.REPLACE);
            ChangeGate noCreates =
                    change -> change.kind() == ChangeKind.CREATE ? ChangeGate.Decision.HOLD : ChangeGate.Decision.ALLOW;
            try (Outcomes outcomes = apply(builder().gate(noCreates).allow("maxDisableOrDelete"))) {
                assertThat(outcomes.failures()).isEmpty();
            }
            assertThat(accounts.writes).isEmpty();
        }
    }

    @Nested
    class applying {
        @Test
        void tells_what_was_refused_and_why_and_goes_on() {
            everybody(1);
            for (int i = 2; i <= 4; i++) {
                people.add(person(i));
            }
            accounts.seats = 3;
            try (Outcomes outcomes = apply(builder().allow("maxCreate"))) {
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(2);
                assertThat(outcomes.failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo("seat-limit");
                    assertThat(failure.message()).contains("ask there");
                    assertThat(failure.change().key()).isEqualTo("4");
                });
            }
        }

        @Test
        void tells_an_invitation_that_is_pending_and_asks_for_it_again_in_the_next_run() {
            people.add(person(1));
            accounts.refusal = write -> InMemoryAccounts.refused(FailureKind.REJECTED, "not-there");
            try (Outcomes outcomes = apply(builder())) {
                assertThat(outcomes.failures()).extracting(Outcome::code).containsExactly("not-there");
            }
            try (Plan again = plan()) {
                assertThat(words(again)).containsExactly("create 1");
            }
        }

        @Test
        void overwrites_nothing_that_somebody_has_changed_since_the_plan() {
            everybody(2);
            people.set(0, record("id", "1", "mail", "u1@example.test", "title", "Chief"));
            Reconciler reconciler = builder().allow("maxModify").build();
            try (Plan plan = reconciler.plan()) {
                Account present = accounts.get("u1@example.test");
                accounts.write(AccountWrite.modify(present, Map.of("title", List.of("Boss"))));
                try (Outcomes outcomes = reconciler.apply(plan)) {
                    assertThat(outcomes.failures())
                            .singleElement()
                            .satisfies(failure -> assertThat(failure.code()).isEqualTo(AccountWriter.STALE));
                }
            }
            assertThat(accounts.get("u1@example.test").values("title")).containsExactly("Boss");
        }

        @Test
        void ends_when_the_application_is_lost() {
            for (int i = 1; i <= 10; i++) {
                people.add(person(i));
            }
            accounts.refusal = write ->
                    accounts.writes.size() > 3 ? InMemoryAccounts.refused(FailureKind.UNAVAILABLE, "status-503") : null;
            try (Outcomes outcomes = apply(builder())) {
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(3);
                assertThat(outcomes.isComplete()).isFalse();
            }
            assertThat(accounts.writes).hasSize(4);
            accounts.refusal = write -> null;
            try (Outcomes outcomes = apply(builder().allow("maxCreate"))) {
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(7);
            }
        }

        @Test
        void lists_what_the_application_does_not_keep() {
            people.add(person(1));
            accounts.dropped.add("title");
            try (Outcomes outcomes = apply(builder())) {
                assertThat(outcomes.isComplete()).isTrue();
                assertThat(outcomes.normalized())
                        .singleElement()
                        .satisfies(one -> assertThat(one.attribute()).isEqualTo("title"));
            }
        }

        @Test
        void several_at_once_gives_the_same_as_one_by_one() {
            everybody(30);
            for (int i = 0; i < 30; i++) {
                people.set(i, record("id", "" + (i + 1), "mail", "n" + i + "@example.test", "title", "Chief"));
            }
            accounts.batchSize = 7;
            Guardrails none = Guardrails.defaults().maxModify(Limit.none()).maxAttributeChange(Limit.none());
            try (Outcomes outcomes = apply(builder().guardrails(none))) {
                assertThat(outcomes.counts().of(ChangeKind.MODIFY)).isEqualTo(30);
            }
            try (Plan again = plan()) {
                assertThat(again.isEmpty()).isTrue();
                assertThat(again.unchanged()).isEqualTo(30);
            }
        }
    }
}
