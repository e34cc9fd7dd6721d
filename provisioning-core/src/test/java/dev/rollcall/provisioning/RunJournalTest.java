package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.state.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a run leaves in the journal of its state store. */
class RunJournalTest {
    private final Roll roll = new Roll();
    private final Journal journal = Journal.memory();
    private StateStore state = StateStore.memory(journal);

    @BeforeEach
    void allow_everything() {
        roll.policies = builder -> {
            for (GuardrailName name : GuardrailName.values()) {
                builder.allow(name);
            }
            return builder.state(state).dataSource("hr");
        };
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Test
    void a_run_is_there_with_its_data_source_its_plan_and_its_end() {
        roll.people(3);
        String hash;
        try (Plan plan = roll.plan()) {
            hash = plan.hash();
            assertThat(journal.runs()).as("a plan alone is not recorded").isEmpty();
            roll.apply(plan);
        }

        RunRecord run = newest();
        assertThat(run.dataSource()).isEqualTo("hr");
        assertThat(run.target()).isEqualTo("directory " + Roll.PEOPLE);
        assertThat(run.hash()).isEqualTo(hash);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.counts().of(ChangeKind.CREATE)).isEqualTo(3);
        assertThat(run.ending()).hasValue(Instant.parse("2026-11-23T00:00:00Z"));
    }

    @Test
    void a_change_has_what_was_there_before_and_what_was_written() {
        roll.person(1, "A", "One").sync();
        roll.without(1).person(1, "A", "Uno").sync();

        ChangeRecord change = changes(newest()).get(0);
        assertThat(change.kind()).isEqualTo(ChangeKind.MODIFY);
        assertThat(change.key()).isEqualTo("1");
        assertThat(change.id()).isNotNull();
        assertThat(change.result().orElseThrow().result()).isEqualTo(Result.DONE);
        assertThat(attribute(change, "sn"))
                .isEqualTo(new RecordedAttribute(
                        "sn", List.of(new ASN1OctetString("One")), List.of(new ASN1OctetString("Uno")), false));
    }

    @Test
    void a_redacted_value_is_recorded_as_a_fingerprint() {
        roll.mapping = Roll.mapping()
                .attribute("description", "${redact(record.email)}")
                .build();
        roll.person(1, "A", "One").person(2, "A", "One").sync();

        List<RecordedAttribute> recorded = changes(newest()).stream()
                .map(change -> attribute(change, "description"))
                .toList();
        assertThat(recorded).hasSize(2).allMatch(RecordedAttribute::fingerprints);
        assertThat(recorded.get(0).after().get(0).stringValue())
                .startsWith("fingerprint:")
                .doesNotContain("One");
        assertThat(recorded.get(0).after())
                .as("each has a salt of its own")
                .isNotEqualTo(recorded.get(1).after());
    }

    @Test
    void a_redacted_value_of_a_deleted_entry_is_a_fingerprint_as_well() {
        roll.mapping = Roll.mapping()
                .attribute("description", "${redact(record.email)}")
                .attribute("title", AttributeRule.format("${description}"))
                .build();
        deleting();
        roll.person(1, "A", "One").sync();
        roll.without(1).person(2, "B", "Two").sync();

        ChangeRecord delete = changes(newest()).stream()
                .filter(change -> change.kind() == ChangeKind.DELETE)
                .findFirst()
                .orElseThrow();
        assertThat(attribute(delete, "description").fingerprints()).isTrue();
        assertThat(attribute(delete, "title").fingerprints()).isTrue();
        assertThat(attribute(delete, "sn").before()).containsExactly(new ASN1OctetString("One"));
    }

    @Test
    void a_delete_is_recorded_with_the_groups_of_its_entry() {
        String sales = "cn=sales," + Roll.GROUPS;
        roll.directorySettings = builder -> builder.base("dc=example,dc=test");
        roll.entry("dn: " + sales, "objectClass: groupOfNames", "cn: sales", "member: cn=nobody");
        deleting();
        roll.person(1, "A", "One").sync();
        roll.modify("dn: " + sales, "changetype: modify", "add: member", "member: uid=aone," + Roll.PEOPLE);
        roll.without(1).person(2, "B", "Two").sync();

        ChangeRecord delete = changes(newest()).stream()
                .filter(change -> change.kind() == ChangeKind.DELETE)
                .findFirst()
                .orElseThrow();
        assertThat(attribute(delete, "memberOf").before()).containsExactly(new ASN1OctetString(sales));
    }

    @Test
    void what_the_gate_refuses_is_recorded_as_not_done() {
        roll.person(1, "A", "One");
        var policies = roll.policies;
        roll.policies = builder -> policies.apply(builder).gate(change -> ChangeGate.Decision.REFUSE);
        roll.sync();

        assertThat(changes(newest())).singleElement().satisfies(change -> {
            assertThat(change.result().orElseThrow().result()).isEqualTo(Result.NOT_DONE);
            assertThat(change.result().orElseThrow().problem()).contains("gate");
        });
    }

    @Nested
    class a_journal_that_cannot_be_written {
        @Test
        void keeps_a_run_from_beginning() {
            state = StateStore.memory(new FullJournal(journal, 0));
            roll.people(3);

            try (Plan plan = roll.plan()) {
                assertThatThrownBy(() -> roll.apply(plan)).hasMessageContaining("disk full");
            }
            assertThat(roll.uids()).isEmpty();
        }

        @Test
        void stops_a_run_before_anything_is_sent_that_is_not_recorded() {
            state = StateStore.memory(new FullJournal(journal, 2));
            roll.people(1_500);

            try (Plan plan = roll.plan()) {
                Outcomes outcomes = roll.apply(plan);

                assertThat(outcomes.stopped()).contains(StopReason.JOURNAL_LOST);
                assertThat(outcomes.cause().orElseThrow()).hasMessage("disk full");
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(1_000);
                assertThat(outcomes.notTried()).isEqualTo(500);
            }
            assertThat(roll.uids()).hasSize(1_000);
            assertThat(newest().state()).isEqualTo(RunState.APPLYING);
        }

        @Test
        void is_settled_by_the_next_run() {
            state = StateStore.memory(new FullJournal(journal, 2));
            roll.people(1_500).sync();
            state = StateStore.memory(journal);

            roll.sync();

            RunRecord broken = journal.runs().skip(1).findFirst().orElseThrow();
            assertThat(broken.state()).isEqualTo(RunState.FAILED);
            assertThat(changes(broken))
                    .hasSize(1_000)
                    .allMatch(change -> change.result().orElseThrow().result() == Result.DONE)
                    .allMatch(change -> change.id() != null);
            assertThat(roll.uids()).hasSize(1_500);
        }
    }

    @Test
    void an_entry_that_is_neither_as_before_nor_as_wanted_is_a_conflict_of_the_next_run() {
        roll.person(1, "A", "One").sync();
        state = StateStore.memory(new JournalOfTheKilled(journal));
        roll.without(1).person(1, "A", "Uno").sync();
        String killed = newest().id();
        state = StateStore.memory(journal);
        roll.modify("dn: uid=aone," + Roll.PEOPLE, "changetype: modify", "replace: sn", "sn: Eins");

        Outcomes outcomes = roll.sync();

        assertThat(outcomes.conflicts())
                .extracting(Conflict::detail)
                .anyMatch(detail ->
                        detail.contains(killed) && detail.contains("neither the old nor the new value of sn"));
        assertThat(roll.sync().conflicts()).as("said once").isEmpty();
    }

    private void deleting() {
        var policies = roll.policies;
        roll.policies =
                builder -> policies.apply(builder).leavers(Leavers.delete()).categories(Categories.all());
    }

    private RunRecord newest() {
        return journal.runs().findFirst().orElseThrow();
    }

    private List<ChangeRecord> changes(RunRecord run) {
        try (Stream<ChangeRecord> changes = journal.changes(run.id())) {
            return new ArrayList<>(changes.toList());
        }
    }

    private static RecordedAttribute attribute(ChangeRecord change, String name) {
        return change.attributes().stream()
                .filter(attribute -> attribute.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    /** A journal on a disk that is full after some writes. */
    private static final class FullJournal implements Journal {
        private final Journal journal;
        private int left;

        FullJournal(Journal journal, int writes) {
            this.journal = journal;
            this.left = writes;
        }

        private void use() {
            if (left-- <= 0) {
                throw new IllegalStateException("disk full");
            }
        }

        @Override
        public JournalWriter begin(RunRecord run) {
            use();
            JournalWriter writer = journal.begin(run);
            return new JournalWriter() {
                @Override
                public void record(Collection<ChangeRecord> intents, Collection<ChangeOutcome> outcomes) {
                    use();
                    writer.record(intents, outcomes);
                }

                @Override
                public void end(RunState how, Counts counts, Instant at) {
                    use();
                    writer.end(how, counts, at);
                }

                @Override
                public void close() {
                    writer.close();
                }
            };
        }

        @Override
        public Stream<RunRecord> runs() {
            return journal.runs();
        }

        @Override
        public Optional<RunRecord> run(String id) {
            return journal.run(id);
        }

        @Override
        public Stream<ChangeRecord> changes(String run) {
            return journal.changes(run);
        }

        @Override
        public Stream<ChangeRecord> unsettled(String target) {
            return journal.unsettled(target);
        }

        @Override
        public void settle(String run, Collection<ChangeOutcome> outcomes) {
            journal.settle(run, outcomes);
        }

        @Override
        public void mark(String run, RunState to, Instant at) {
            journal.mark(run, to, at);
        }

        @Override
        public void forget(Instant before) {
            journal.forget(before);
        }
    }
}
