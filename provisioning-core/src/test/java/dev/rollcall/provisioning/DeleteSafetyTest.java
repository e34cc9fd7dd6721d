package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.Situation;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.Source;
import dev.rollcall.provisioning.source.UserSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeleteSafetyTest {
    private final Roll roll = new Roll();

    @BeforeEach
    void forty_people_have_accounts() {
        roll.people(40).sync();
        roll.policies = builder -> builder.leavers(Leavers.delete()).categories(Categories.all());
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private static List<String> tripped(Plan plan) {
        return plan.guardrails().tripped().stream().map(Guardrail::label).toList();
    }

    @Nested
    class An_incomplete_read {
        @Test
        void removes_nobody_when_a_page_fails() {
            UserSource failing = query -> PageIterator.of(token -> {
                if (token != null) {
                    throw new ConnectorException(
                            FailureKind.UNAVAILABLE, Problem.of("status", "", "page 2 of users: status 503", ""));
                }
                return Page.upTo(roll.records.subList(0, 20), "20");
            });

            try (Plan plan = roll.plan(failing)) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().isComplete()).isFalse();
                assertThat(plan.source().reason())
                        .hasValueSatisfying(why -> assertThat(why).contains("page 2 of users: status 503"));
                assertThatThrownBy(() -> roll.reconciler(failing).apply(plan))
                        .isInstanceOf(IllegalStateException.class);
            }
        }

        @Test
        void removes_nobody_when_only_changes_were_asked_for() {
            roll.sourceSettings = source -> source.query(UserQuery.changedSince(Instant.EPOCH));
            roll.records.subList(1, 40).clear();

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().isComplete()).isFalse();
            }
        }

        @Test
        void removes_nobody_when_the_source_lists_changes_only() {
            roll.sourceSettings = Source::delta;
            roll.records.clear();

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(tripped(plan)).isEmpty();
            }
        }

        @Test
        void removes_nobody_when_only_some_keys_were_asked_for() {
            roll.policies = builder -> builder.leavers(Leavers.delete()).keys(List.of("1", "2"));
            roll.without(2);

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().records()).isOne();
            }
        }

        @Test
        void removes_nobody_when_no_key_was_asked_for() {
            roll.policies = builder -> builder.leavers(Leavers.delete()).keys(List.of());
            roll.without(2).person(99, "New", "Comer");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().records()).isZero();
            }
        }

        @Test
        void removes_nobody_when_the_key_of_a_record_could_not_be_read() {
            UserRecord known = roll.records.get(1);
            roll.records.set(1, UserRecord.of(known.fields().with("id", Value.unknown("details: status 503"))));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.source().isComplete()).isFalse();
                assertThat(plan.source().reason()).contains("the key of a record could not be read");
            }
        }

        @Test
        void removes_nobody_when_a_record_failed_before_it_had_a_key() {
            roll.records.set(1, UserRecord.of(Map.of("first", "First2")).faulty("the call for details failed"));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }
    }

    @Nested
    class A_source_that_lost_people {
        @Test
        void trips_a_guardrail_by_entries_and_not_by_the_key_that_they_share() {
            for (int i = 0; i < 40; i++) {
                roll.account("service" + i, "employeeNumber: 0");
            }

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxDisableOrDelete");
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void trips_a_guardrail_when_it_is_empty() {
            roll.records.clear();

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxDisableOrDelete", "emptySource");
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.blocked().of(ChangeKind.DELETE)).isEqualTo(40);
            }
        }

        @Test
        void trips_a_guardrail_when_half_of_them_are_gone_and_still_does_the_rest() {
            roll.records.subList(20, 40).clear();
            roll.person(99, "New", "Comer");

            try (Plan plan = roll.plan()) {
                assertThat(Roll.changes(plan)).containsExactly("create 99 uid=ncomer");
                assertThat(plan.guardrails().decision()).isEqualTo(GuardrailVerdict.Decision.REDUCED);
                assertThat(plan.guardrails().tripped())
                        .containsExactly(new Guardrail(
                                GuardrailName.MAX_DISABLE_OR_DELETE, "", Limit.of(25, 10), 20, 40, "", false));
                assertThat(plan.blocked().of(ChangeKind.DELETE)).isEqualTo(20);
            }
        }

        @Test
        void stops_wholly_if_so_told() {
            roll.policies = builder -> builder.guardrails(Guardrails.defaults().onTrip(Guardrails.OnTrip.STOP));
            roll.records.subList(20, 40).clear();
            roll.person(99, "New", "Comer");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.blocked().of(ChangeKind.CREATE)).isOne();
            }
        }

        @Test
        void does_as_told_once_the_guardrail_is_allowed() {
            roll.policies = builder -> builder.leavers(Leavers.disable()).allow("maxDisableOrDelete");
            roll.records.subList(20, 40).clear();

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isEqualTo(20);
                assertThat(plan.guardrails().passed()).isTrue();
            }
        }

        @Test
        void never_trips_below_three() {
            roll.policies = builder -> builder.guardrails(Guardrails.defaults().maxDisableOrDelete(Limit.of(25, 1)));
            roll.without(1).without(2);

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isEqualTo(2);
            }
        }

        @Test
        void trips_only_above_the_limit() {
            roll.without(1).without(2).without(3).without(4);

            try (Plan plan = roll.plan()) {
                assertThat(plan.counts().of(ChangeKind.DELETE)).isEqualTo(4);
            }
            roll.without(5);
            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxDisableOrDelete");
            }
        }
    }

    @Nested
    class A_source_that_changed_its_shape {
        @Test
        void touches_nobody_when_a_column_vanishes_from_every_record() {
            roll.records.replaceAll(record -> without(record, "email"));

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).contains("maxAttributeChange:mail");
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void touches_nobody_when_thirty_records_lose_their_key() {
            for (int i = 0; i < 30; i++) {
                roll.records.set(i, without(roll.records.get(i), "id"));
            }

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).contains("maxKeyless");
                assertThat(plan.isEmpty()).isTrue();
            }
        }

        @Test
        void touches_nobody_when_active_was_renamed() {
            roll.sourceSettings = source -> source.active("record.active");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(tripped(plan)).containsExactly("emptySource");
                assertThat(plan.guardrails().tripped().get(0).actualText())
                        .isEqualTo(
                                "none of 40 records can be used, such as: active cannot be told: record.active is absent");
                assertThat(plan.situations()).containsOnly(Map.entry(Situation.INVALID, 40));
                assertThat(plan.conflicts().get(0).detail())
                        .isEqualTo("active cannot be told: record.active is absent");
            }
        }

        @Test
        void touches_nobody_when_scope_has_a_typing_error() {
            roll.sourceSettings = source -> source.scope("record.last == 'Lovelace'");

            try (Plan plan = roll.plan()) {
                assertThat(tripped(plan)).containsExactly("maxDisableOrDelete");
                assertThat(plan.isEmpty()).isTrue();
            }
        }
    }

    @Nested
    class A_bad_record {
        @Test
        void keeps_its_entry_when_it_cannot_be_mapped() {
            roll.without(5);
            roll.records.add(UserRecord.of(Map.of("id", 5, "first", "Nameless")));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("INVALID 5");
            }
        }

        @Test
        void keeps_its_entry_when_its_key_is_there_twice() {
            roll.person(5, "Other", "Person");

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(Roll.conflicts(plan)).containsExactly("DUPLICATE_KEY 5");
                assertThat(plan.situations()).containsEntry(Situation.DUPLICATE_KEY, 1);
            }
        }

        @Test
        void keeps_its_entry_when_the_source_says_that_it_must_not_be_used() {
            UserRecord five = roll.records.get(4);
            roll.without(5);
            roll.records.add(five.faulty("its details could not be read"));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
                assertThat(plan.conflicts())
                        .containsExactly(new Conflict(Situation.INVALID, "5", "its details could not be read"));
            }
        }

        @Test
        void keeps_the_value_that_depends_on_an_unknown_column() {
            roll.records.replaceAll(record -> record.with("email", Value.unknown("the endpoint failed")));

            try (Plan plan = roll.plan()) {
                assertThat(plan.isEmpty()).isTrue();
            }
        }
    }

    @Test
    void leavers_are_only_deleted_if_the_category_is_allowed() {
        roll.policies = builder -> builder.leavers(Leavers.delete());
        roll.without(5);

        try (Plan plan = roll.plan()) {
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.withheld().of(ChangeKind.DELETE)).isOne();
        }
    }

    private static UserRecord without(UserRecord record, String column) {
        Map<String, Value> columns =
                new java.util.LinkedHashMap<>(record.fields().asMap());
        columns.remove(column);
        return UserRecord.of(columns);
    }
}
