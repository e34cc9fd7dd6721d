package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.ResourceException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.internal.spool.FullDisk;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningOutOfDiskTest {
    private static final int PEOPLE = 300;

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private void onADiskOf(long bytes) {
        roll.policies = builder -> builder.memory(0).disk(new FullDisk(bytes));
    }

    @Test
    void a_plan_ends_with_what_there_is_and_what_to_do_and_the_next_one_is_made() {
        roll.people(PEOPLE);
        onADiskOf(100 << 10);

        assertThatThrownBy(roll::plan)
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("java.io.tmpdir");

        roll.policies = builder -> builder;
        try (Plan plan = roll.plan()) {
            assertThat(plan.counts().of(ChangeKind.CREATE)).isEqualTo(PEOPLE);
        }
    }

    @Test
    void a_list_whose_total_is_known_is_not_read_to_the_end_where_it_does_not_fit() {
        onADiskOf(1 << 20);
        AtomicInteger pages = new AtomicInteger();

        assertThatThrownBy(() -> roll.plan(query -> PageIterator.of(token -> {
                    int first = pages.getAndIncrement() * PEOPLE;
                    List<UserRecord> page = IntStream.range(first, first + PEOPLE)
                            .mapToObj(id -> Roll.record(id, "First" + id, "Last" + id))
                            .toList();
                    return Page.upTo(page, Integer.toString(first)).withTotal(1_000_000);
                })))
                .isInstanceOf(ResourceException.class)
                .hasMessageContaining("the 999400 who are still to be read need about");

        assertThat(pages).as("the second page has the sizes of the first").hasValue(2);
    }

    @Test
    void while_changes_are_made_ends_the_run_with_the_outcome_of_each() {
        roll.people(PEOPLE);
        roll.policies = builder -> builder.memory(0);
        try (Plan plan = roll.plan()) {
            onADiskOf(0);

            Outcomes outcomes = roll.apply(plan);

            assertThat(outcomes.stopped()).contains(StopReason.DISK_FULL);
            assertThat(outcomes.cause().orElseThrow()).isInstanceOf(ResourceException.class);
            assertThat(outcomes.counts().of(ChangeKind.CREATE) + outcomes.notTried())
                    .isEqualTo(PEOPLE);
        }
        roll.policies = builder -> builder.allow("maxCreate");
        assertThat(roll.sync().isComplete()).isTrue();
    }
}
