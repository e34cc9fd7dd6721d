package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.state.StateStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs that make the accounts of an application agree leave in the journal. */
class AccountJournalTest extends AccountRoll {
    private final Journal journal = Journal.memory();

    @Test
    void a_change_is_recorded_with_its_outcome_under_the_name_of_the_target() {
        people.add(person(1));

        assertThat(apply(journal).isComplete()).isTrue();

        RunRecord run = newest();
        assertThat(run.target()).isEqualTo("crm");
        assertThat(run.dataSource()).isEqualTo("crm");
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(changes(run)).singleElement().satisfies(change -> {
            assertThat(change.result().orElseThrow().result()).isEqualTo(Result.DONE);
            assertThat(change.id()).isEqualTo(accounts.all().get(0).id());
        });
    }

    @Test
    void what_a_killed_run_did_is_settled_by_the_next() {
        people.add(person(1));
        people.add(person(2));
        accounts.refusal =
                write -> accounts.writes.size() > 1 ? InMemoryAccounts.refused(FailureKind.REJECTED, "killed") : null;
        apply(new JournalOfTheKilled(journal));
        RunRecord killed = newest();
        assertThat(killed.state()).isEqualTo(RunState.APPLYING);
        accounts.refusal = write -> null;

        apply(journal);

        assertThat(journal.run(killed.id()).orElseThrow().state()).isEqualTo(RunState.FAILED);
        long there = accounts.all().size();
        assertThat(there).isEqualTo(2);
        assertThat(changes(killed)).hasSize(2).noneMatch(ChangeRecord::isUnsettled);
        assertThat(changes(killed).stream()
                        .filter(change -> change.result().orElseThrow().result() == Result.DONE))
                .as("the one that was made before the kill")
                .hasSize(1);
    }

    @Test
    void an_account_that_is_neither_as_before_nor_as_wanted_is_a_conflict() {
        everybody(3);
        people.set(0, record("id", "1", "mail", "u1@example.test", "title", "Manager"));
        apply(new JournalOfTheKilled(journal));
        people.set(0, record("id", "1", "mail", "u1@example.test", "title", "Director"));
        apply(new JournalOfTheKilled(Journal.memory()));

        Outcomes outcomes = apply(journal);

        assertThat(outcomes.conflicts())
                .extracting(Conflict::detail)
                .anyMatch(detail -> detail.contains("neither the old nor the new value of title"));
    }

    @Test
    void a_run_towards_an_application_cannot_be_undone() {
        assertThatThrownBy(() ->
                        builder().state(StateStore.memory(journal)).build().undo("r-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crm");
    }

    private Outcomes apply(Journal to) {
        return apply(builder().allow("maxModify").allow("maxCreate").state(StateStore.memory(to)));
    }

    private RunRecord newest() {
        return journal.runs().findFirst().orElseThrow();
    }

    private List<ChangeRecord> changes(RunRecord run) {
        try (Stream<ChangeRecord> changes = journal.changes(run.id())) {
            return changes.toList();
        }
    }
}
