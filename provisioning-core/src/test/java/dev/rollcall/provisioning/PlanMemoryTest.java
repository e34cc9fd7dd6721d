package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.mapping.AttributeRule;
import dev.rollcall.provisioning.plan.Plan;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plan that is open keeps in memory for each person; all the rest of it is in spools. */
class PlanMemoryTest {
    /** So many that the buffers of the spools, which are the same for any number, make up little of it. */
    private static final int PEOPLE = 8000;

    /** The goal for a person who is made with two unique names. */
    private static final long BYTES_A_CREATE = 120;

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private final Roll roll = new Roll();

    @AfterEach
    void close() {
        roll.close();
    }

    private static long live() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            MEMORY.gc();
            least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private long bytesAPerson() {
        roll.policies = builder -> builder.memory(0);
        roll.plan().close();
        long before = live();
        try (Plan plan = roll.plan()) {
            long bytes = (live() - before) / PEOPLE;
            assertThat(plan.managed()
                            + plan.counts().byKind().values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                    .isEqualTo(PEOPLE);
            return bytes;
        }
    }

    @Test
    void is_at_most_120_bytes_for_one_who_is_made_with_two_unique_names_and_a_manager() {
        roll.mapping = Roll.mapping()
                .attribute("displayName", AttributeRule.unique("${record.first} ${record.last}"))
                .build();
        for (int id = 1; id <= PEOPLE; id++) {
            roll.person(id, "First" + id, "Last" + id, "manager", Integer.toString(id / 10));
        }
        assertThat(bytesAPerson()).isLessThanOrEqualTo(BYTES_A_CREATE);
    }
}
