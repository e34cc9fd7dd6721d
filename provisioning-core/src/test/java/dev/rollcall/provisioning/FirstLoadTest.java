package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A first load of 200 people that is cancelled after some: the next run makes the others. */
class FirstLoadTest {
    private final Roll roll = new Roll();
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void two_hundred_people() throws Exception {
        roll.bound();
        roll.policies = builder -> builder.clock(clock);
        for (int id = 1; id <= 200; id++) {
            roll.person(id, "First" + id, "Last" + id, "manager", "" + (id == 200 ? 1 : id + 1));
        }
    }

    @AfterEach
    void close() {
        roll.close();
    }

    private void cancelledAfter(int creations) {
        AtomicInteger left = new AtomicInteger(creations);
        roll.policies = builder -> builder.clock(clock).gate(change -> {
            return left.getAndDecrement() > 0 ? ChangeGate.Decision.ALLOW : ChangeGate.Decision.HOLD;
        });
        roll.sync().close();
        roll.policies = builder -> builder.clock(clock);
        assertThat(roll.uids()).hasSize(creations);
    }

    private List<String> tripped() {
        try (Plan plan = roll.plan()) {
            return plan.guardrails().tripped().stream().map(Guardrail::label).toList();
        }
    }

    @Nested
    class Of_which_a_part_was_done {
        @Test
        void goes_on_to_its_end_and_the_references_are_written_too() {
            cancelledAfter(70);

            try (Outcomes outcomes = roll.sync()) {
                assertThat(outcomes.isComplete()).isTrue();
                assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(130);
            }
            try (Plan again = roll.plan()) {
                assertThat(again.isEmpty()).isTrue();
            }
        }

        @Test
        void goes_on_when_only_the_references_were_left() {
            cancelledAfter(199);

            assertThat(tripped()).isEmpty();
        }
    }

    @Nested
    class Is_over_and_many_are_created {
        @Test
        void when_the_first_entry_is_older_than_some_days() {
            cancelledAfter(70);
            clock = Clock.fixed(Instant.now().plus(Duration.ofDays(5)), ZoneOffset.UTC);

            assertThat(tripped()).contains("maxCreate");
        }

        @Test
        void when_somebody_else_has_made_an_entry() {
            cancelledAfter(70);
            roll.account("flast71", "employeeNumber: 71", "mail: first71.last71@example.test");

            assertThat(tripped()).contains("maxCreate");
        }

        @Test
        void when_an_entry_is_nobodys() throws Exception {
            cancelledAfter(70);
            roll.without(3);

            assertThat(tripped()).contains("maxCreate");
        }

        @Test
        void when_an_entry_was_changed_since() {
            cancelledAfter(70);
            roll.without(3).person(3, "First3", "Other", "manager", "4");

            assertThat(tripped()).contains("maxCreate");
        }

        @Test
        void when_those_who_are_missing_stand_between_those_who_are_there() {
            cancelledAfter(70);
            for (int id = 1001; id <= 1002; id++) {
                roll.person(id, "First" + id, "Last" + id);
            }
            roll.policies = builder -> builder.clock(clock).keys(List.of("1002"));
            roll.sync().close();
            roll.policies = builder -> builder.clock(clock);

            assertThat(tripped()).contains("maxCreate");
        }
    }
}
