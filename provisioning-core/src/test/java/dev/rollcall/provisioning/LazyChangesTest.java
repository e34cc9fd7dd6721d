package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Plan;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A plan of any size is read change by change: taking one decodes one. */
class LazyChangesTest {
    private static final int PEOPLE = 40;

    /** Counts the changes that go by in the stream, each of which was decoded for it. */
    private final AtomicInteger decoded = new AtomicInteger();

    private void assertOneByOne(Plan all, int least) {
        Plan counted = all.without(change -> {
            decoded.incrementAndGet();
            return false;
        });
        decoded.set(0);
        try (Stream<Change> changes = counted.changes()) {
            Iterator<Change> each = changes.iterator();
            int taken = 0;
            while (each.hasNext()) {
                each.next();
                taken++;
                assertThat(decoded).as("changes decoded for %d", taken).hasValue(taken);
            }
            assertThat(taken).isGreaterThanOrEqualTo(least);
        }
    }

    @Nested
    class of_entries {
        private final Roll roll = new Roll();

        @AfterEach
        void close() {
            roll.close();
        }

        @Test
        void that_are_made() {
            roll.people(PEOPLE);
            try (Plan plan = roll.plan()) {
                assertOneByOne(plan, PEOPLE);
            }
        }

        @Test
        void that_are_modified_and_disabled_while_others_are_made() {
            roll.mapping = Roll.byName()
                    .attribute("title", AttributeRule.format("${record.title}"))
                    .build();
            roll.people(PEOPLE).sync();
            for (int id = 1; id <= PEOPLE / 2; id++) {
                roll.without(id);
            }
            for (int id = PEOPLE / 2 + 1; id <= PEOPLE; id++) {
                roll.without(id).person(id, "First" + id, "Last" + id, "title", "Pilot");
            }
            for (int id = PEOPLE + 1; id <= PEOPLE + 10; id++) {
                roll.person(id, "First" + id, "Last" + id);
            }
            roll.policies = builder -> builder.allow("maxDisableOrDelete").allow("maxModify");
            try (Plan plan = roll.plan()) {
                assertOneByOne(plan, PEOPLE + 10);
            }
        }

        @Test
        void that_are_modified_and_made_when_all_is_spooled_to_files() {
            roll.policies = builder -> builder.memory(0);
            roll.people(PEOPLE);
            try (Plan plan = roll.plan()) {
                assertOneByOne(plan, PEOPLE);
            }
        }
    }

    @Nested
    class of_accounts extends AccountRoll {
        @Test
        void that_are_made() {
            for (int id = 1; id <= PEOPLE; id++) {
                people.add(person(id));
            }
            try (Plan plan = plan()) {
                assertOneByOne(plan, PEOPLE);
            }
        }
    }
}
