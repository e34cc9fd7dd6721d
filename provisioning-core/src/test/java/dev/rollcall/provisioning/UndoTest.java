package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.mapping.DnRule;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.StateStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a run did is taken back, and nothing that somebody else did since. */
class UndoTest {
    private static final String SALES = "cn=sales," + Roll.GROUPS;
    private static final String STAFF = "cn=staff," + Roll.GROUPS;

    private final Journal journal = Journal.memory();
    private final StateStore state = StateStore.memory(journal);
    private final Roll roll = new Roll();

    @BeforeEach
    void a_directory_with_groups() {
        String dn = "cn=${cn},ou=${record.department ?? 'people'},dc=example,dc=test";
        roll.mapping = Roll.byName()
                .dn(DnRule.format(dn).createParents())
                .attribute("manager", AttributeRule.reference("${record.manager}"))
                .attribute("mail", "${record.email}")
                .group(SALES, "record.team == 'sales'")
                .group(STAFF, "true")
                .build();
        roll.policies = builder -> {
            for (GuardrailName name : GuardrailName.values()) {
                builder.allow(name);
            }
            return builder.leavers(Leavers.disable())
                    .categories(Categories.all())
                    .state(state);
        };
        roll.directorySettings = builder -> builder.base("dc=example,dc=test").mark("employeeType", "rollcall");
        roll.entry("dn: " + SALES, "objectClass: groupOfNames", "cn: sales", "member: cn=nobody");
        roll.entry("dn: " + STAFF, "objectClass: groupOfNames", "cn: staff", "member: cn=nobody");
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Nested
    class a_life_of_a_directory {
        /** What the directory held before each run. */
        private final List<Map<String, Map<String, Set<String>>>> before = new ArrayList<>();

        private final List<String> runs = new ArrayList<>();

        private void step(Roll people) {
            before.add(content());
            Outcomes outcomes = people.sync();
            assertThat(outcomes.failures()).isEmpty();
            runs.add(newest().id());
        }

        @BeforeEach
        void is_lived() {
            for (int id = 1; id <= 12; id++) {
                roll.person(id, "N" + id, "L", "team", id % 3 == 0 ? "sales" : "none", "manager", id > 1 ? "1" : "");
            }
            step(roll);
            change(2, "N2", "Changed", "sales", "");
            step(roll);
            change(1, "N100", "L", "none", "");
            change(3, "N4", "L", "sales", "1");
            change(4, "N3", "L", "none", "1");
            step(roll);
            roll.without(5);
            roll.records.add(Roll.record(5, "N5", "L", "team", "none", "manager", "6", "department", "far"));
            step(roll);
            roll.without(6).without(7);
            step(roll);
            Map<String, Map<String, Set<String>>> disabled = content();
            roll.person(6, "N6", "L", "team", "sales", "manager", "1");
            step(roll);
            assertThat(content()).isNotEqualTo(disabled);
            roll.policies = deleting();
            roll.without(8).without(9);
            step(roll);
        }

        private java.util.function.UnaryOperator<ReconcilerBuilder> deleting() {
            var policies = roll.policies;
            return builder -> policies.apply(builder).leavers(Leavers.delete());
        }

        private void change(int id, String first, String last, String team, String manager) {
            roll.without(id);
            roll.person(id, first, last, "team", team, "manager", manager);
        }

        @Test
        void is_what_it_was_after_each_undo() {
            for (int i = runs.size() - 1; i >= 0; i--) {
                try (Plan plan = reconciler().undo(runs.get(i))) {
                    assertThat(plan.conflicts())
                            .as("conflicts of undoing run %d", i)
                            .isEmpty();
                    Outcomes outcomes = reconciler().apply(plan);
                    assertThat(outcomes.failures())
                            .as("failures of undoing run %d", i)
                            .isEmpty();
                }

                assertThat(content()).as("after undoing run %d", i).isEqualTo(before.get(i));
                assertThat(journal.run(runs.get(i)).orElseThrow().state()).isEqualTo(RunState.UNDONE);
                assertThat(newest().undone()).hasValue(runs.get(i));
            }
        }

        @Test
        void comes_back_when_the_undos_are_undone() {
            List<Map<String, Map<String, Set<String>>>> after = new ArrayList<>();
            List<String> undos = new ArrayList<>();
            for (int i = runs.size() - 1; i >= 0; i--) {
                after.add(content());
                undo(runs.get(i));
                undos.add(newest().id());
            }
            for (int i = undos.size() - 1; i >= 0; i--) {
                try (Plan plan = reconciler().undo(undos.get(i))) {
                    assertThat(plan.conflicts())
                            .as("conflicts of undoing undo %d", i)
                            .isEmpty();
                    assertThat(reconciler().apply(plan).failures()).isEmpty();
                }

                assertThat(content()).as("after undoing undo %d", i).isEqualTo(after.get(i));
                assertThat(journal.run(undos.get(i)).orElseThrow().state()).isEqualTo(RunState.UNDONE);
                assertThat(journal.run(runs.get(runs.size() - 1 - i))
                                .orElseThrow()
                                .state())
                        .isEqualTo(RunState.DONE);
            }
        }

        @Test
        void an_earlier_run_is_not_undone_over_a_later_one() {
            try (Plan plan = reconciler().undo(runs.get(0))) {
                assertThat(plan.conflicts())
                        .extracting(Conflict::detail)
                        .anyMatch(detail -> detail.contains("sn of")
                                && detail.contains("undo that run first")
                                && detail.contains(runs.get(1)));
            }
        }
    }

    @Nested
    class what_others_changed_since {
        @BeforeEach
        void a_run_changes_two_people() {
            roll.person(1, "A", "One").person(2, "B", "Two").sync();
            roll.records.clear();
            roll.person(1, "A", "Uno").person(2, "B", "Dos").sync();
        }

        @Test
        void stays_and_is_reported_by_key_and_attribute() {
            roll.modify("dn: cn=A," + Roll.PEOPLE, "changetype: modify", "replace: sn", "sn: Eins");

            try (Plan plan = reconciler().undo(newest().id())) {
                assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                    assertThat(conflict.key()).isEqualTo("1");
                    assertThat(conflict.detail()).contains("sn of cn=A,", "changed since");
                });
                reconciler().apply(plan);
            }

            assertThat(content().get("cn=A," + Roll.PEOPLE)).containsEntry("sn", Set.of("Eins"));
            assertThat(content().get("cn=B," + Roll.PEOPLE)).containsEntry("sn", Set.of("Two"));
        }

        @Test
        void keeps_an_entry_that_the_run_made() {
            roll.person(3, "C", "Three").sync();
            String run = newest().id();
            roll.modify("dn: cn=C," + Roll.PEOPLE, "changetype: modify", "replace: sn", "sn: Drei");

            undo(run);

            assertThat(content().get("cn=C," + Roll.PEOPLE)).containsKey("pwdAccountLockedTime");
            assertThat(journal.run(run).orElseThrow().state()).isEqualTo(RunState.DONE);
        }

        @Test
        void keeps_an_account_that_was_disabled_since() {
            roll.person(3, "C", "Three").sync();
            String run = newest().id();
            roll.modify(
                    "dn: cn=C," + Roll.PEOPLE,
                    "changetype: modify",
                    "add: pwdAccountLockedTime",
                    "pwdAccountLockedTime: 000001010000Z");

            try (Plan plan = reconciler().undo(run)) {
                assertThat(plan.counts().of(ChangeKind.DELETE)).isZero();
                assertThat(plan.conflicts())
                        .extracting(Conflict::detail)
                        .anyMatch(detail -> detail.contains("pwdAccountLockedTime of cn=C,"));
            }
        }

        @Test
        void a_change_made_between_plan_and_apply_is_not_overwritten() {
            try (Plan plan = reconciler().undo(newest().id())) {
                roll.modify("dn: cn=A," + Roll.PEOPLE, "changetype: modify", "replace: sn", "sn: Eins");

                Outcomes outcomes = reconciler().apply(plan);

                assertThat(outcomes.failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.code()).isEqualTo("stale"));
            }
            assertThat(content().get("cn=A," + Roll.PEOPLE)).containsEntry("sn", Set.of("Eins"));
        }
    }

    @Nested
    class an_entry_that_a_run_made {
        @BeforeEach
        void is_there() {
            roll.person(1, "A", "One").sync();
        }

        @Test
        void is_disabled_if_the_categories_allow_no_delete() {
            var policies = roll.policies;
            roll.policies = builder -> policies.apply(builder).categories(Categories.defaults());

            try (Plan plan = reconciler().undo(newest().id())) {
                assertThat(plan.counts().of(ChangeKind.DISABLE)).isEqualTo(1);
                assertThat(plan.counts().of(ChangeKind.DELETE)).isZero();
                assertThat(plan.withheld().of(ChangeKind.DELETE)).isEqualTo(1);
                assertThat(plan.notes()).anyMatch(note -> note.contains("disabled, and not deleted"));
            }
        }

        @Test
        void that_is_gone_needs_nothing() throws LDAPException {
            roll.server.delete("cn=A," + Roll.PEOPLE);

            try (Plan plan = reconciler().undo(newest().id())) {
                assertThat(plan.conflicts()).isEmpty();
                assertThat(plan.counts().of(ChangeKind.DELETE)).isZero();
            }
        }
    }

    @Test
    void references_that_the_server_cleared_with_a_deleted_entry_come_back() {
        roll.person(1, "A", "One").person(2, "B", "Two", "manager", "1").sync();
        var policies = roll.policies;
        roll.policies = builder -> policies.apply(builder).leavers(Leavers.delete());
        roll.without(1).without(2).person(2, "B", "Two").sync();
        assertThat(content().get("cn=B," + Roll.PEOPLE)).doesNotContainKey("manager");

        undo(newest().id());

        assertThat(content().get("cn=B," + Roll.PEOPLE)).containsEntry("manager", Set.of("cn=A," + Roll.PEOPLE));
    }

    @Test
    void it_is_said_what_the_next_run_would_make_again() {
        roll.person(1, "A", "One").person(2, "B", "Two").sync();
        roll.records.clear();
        roll.person(1, "A", "Uno").person(2, "B", "Dos").sync();
        roll.without(2).person(2, "B", "Two");

        try (Plan plan = reconciler().undo(newest().id())) {
            assertThat(plan.notes())
                    .containsExactly("the next run of data source default would make 1 of these changes"
                            + " again: correct the source first");
        }
    }

    @Test
    void a_source_that_cannot_be_read_keeps_nobody_from_an_undo() {
        roll.person(1, "A", "One").sync();

        try (Plan plan = roll.reconciler(query -> {
                    throw new ConnectorException(
                            FailureKind.UNAVAILABLE, Problem.of("down", "", "the application is down", ""), null, null);
                })
                .undo(newest().id())) {
            assertThat(plan.counts().of(ChangeKind.DELETE)).isEqualTo(1);
            assertThat(plan.notes()).anyMatch(note -> note.contains("not known: ") && note.contains("down"));
        }
    }

    @Test
    void guardrails_judge_an_undo() {
        roll.people(40).sync();
        var policies = roll.policies;
        roll.policies = builder -> builder.categories(Categories.all()).state(state);

        try (Plan plan = reconciler().undo(newest().id())) {
            assertThat(plan.guardrails().blocks(GuardrailName.MAX_DISABLE_OR_DELETE))
                    .isTrue();
            assertThat(plan.counts().of(ChangeKind.DELETE)).isZero();
        }
        roll.policies = policies;
    }

    @Test
    void a_run_is_undone_once() {
        roll.person(1, "A", "One").sync();
        String run = newest().id();
        undo(run);

        assertThatThrownBy(() -> reconciler().undo(run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(run)
                .hasMessageContaining("undone");
    }

    @Test
    void an_unknown_run_is_refused() {
        assertThatThrownBy(() -> reconciler().undo("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing");
    }

    private Reconciler reconciler() {
        return roll.reconciler(UserSource.of(roll.records));
    }

    private void undo(String run) {
        try (Plan plan = reconciler().undo(run)) {
            assertThat(reconciler().apply(plan).failures()).isEmpty();
        }
    }

    private RunRecord newest() {
        return journal.runs().findFirst().orElseThrow();
    }

    /** What a client reads: every entry, with the values of each attribute. */
    private Map<String, Map<String, Set<String>>> content() {
        Set<String> own = Set.of(
                "createTimestamp",
                "creatorsName",
                "entryDN",
                "entryUUID",
                "modifiersName",
                "modifyTimestamp",
                "subschemaSubentry");
        try {
            Map<String, Map<String, Set<String>>> content = new TreeMap<>();
            for (SearchResultEntry entry : roll.server
                    .search("dc=example,dc=test", SearchScope.SUB, "(objectClass=*)", "*", "pwdAccountLockedTime")
                    .getSearchEntries()) {
                Map<String, Set<String>> values = new TreeMap<>();
                for (Attribute attribute : entry.getAttributes()) {
                    if (!own.contains(attribute.getName())) {
                        values.put(attribute.getName(), new TreeSet<>(Arrays.asList(attribute.getValues())));
                    }
                }
                content.put(entry.getDN(), values);
            }
            return content;
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }
}
