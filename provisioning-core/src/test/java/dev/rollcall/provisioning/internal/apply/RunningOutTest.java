package dev.rollcall.provisioning.internal.apply;

import static dev.rollcall.provisioning.internal.apply.InMemoryPeople.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.connector.ResourceException;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.spool.FullDisk;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.internal.spool.SpoolDisk;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.source.SourceReading;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is on its way when memory or disk run out is waited for, and every change has an outcome that fits the directory. */
class RunningOutTest {
    private static final int PEOPLE = 300;

    private final InMemoryPeople people = new InMemoryPeople();
    private final List<Outcome> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        people.close();
    }

    private int made() {
        try {
            return people.server.countEntriesBelow(InMemoryPeople.PEOPLE) - 1;
        } catch (LDAPException failed) {
            throw new AssertionError(failed);
        }
    }

    private Outcomes apply(SettingsToTest settings, Supplier<Stream<Change>> changes) {
        Plan plan = JudgedPlan.of(PlanFacts.unread("", "", SourceReading.whole(0), PlanOwner.of(Map.of())), changes);
        settings.owned("sn", "mail").listener(heard::add);
        return new Applier((DirectoryAccess) people.directory, settings.settings()).apply(plan);
    }

    @Nested
    class of_disk {
        private Stream<Change> creates() {
            return IntStream.range(0, PEOPLE).mapToObj(i -> people.create("u" + i));
        }

        @Test
        void ends_the_run_with_the_outcome_of_each_change() {
            Outcomes outcomes =
                    apply(SettingsToTest.standard().memory(new SpoolBudget(0, new FullDisk(0))), this::creates);

            assertThat(outcomes.stopped()).contains(StopReason.DISK_FULL);
            assertThat(outcomes.cause().orElseThrow())
                    .isInstanceOf(ResourceException.class)
                    .hasMessageContaining("No space left on device");
            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.notTried()).isPositive();
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(made());
            assertThat(made()).isPositive().isEqualTo(PEOPLE - outcomes.notTried());
            assertThat(heard).hasSize(PEOPLE);
        }

        @Test
        void with_enough_of_it_goes_to_the_end() {
            Outcomes outcomes =
                    apply(SettingsToTest.standard().memory(new SpoolBudget(0, new FullDisk(1 << 20))), this::creates);

            assertThat(outcomes.isComplete()).isTrue();
            assertThat(made()).isEqualTo(PEOPLE);
        }
    }

    @Nested
    class of_memory {
        private final OutOfMemoryError full = new OutOfMemoryError("Java heap space");

        /** The changes, of which one cannot be decoded the first time for want of memory. */
        private Supplier<Stream<Change>> creates(int failing) {
            boolean[] read = new boolean[2];
            return () -> {
                // The first reading counts and hashes.
                boolean fails = read[0] && !read[1];
                read[1] = read[0];
                read[0] = true;
                return IntStream.range(0, PEOPLE).mapToObj(i -> {
                    if (fails && i == failing) {
                        throw full;
                    }
                    return people.create("u" + i, change("mail", "", "u" + i + "@example.test"));
                });
            };
        }

        @Test
        void between_two_changes_waits_for_those_that_were_sent() {
            Outcomes outcomes = apply(SettingsToTest.standard(), creates(250));

            assertThat(outcomes.stopped()).contains(StopReason.OUT_OF_MEMORY);
            assertThat(outcomes.cause()).contains(full);
            assertThat(outcomes.failures()).isEmpty();
            assertThat(outcomes.counts().of(ChangeKind.CREATE)).isPositive().isEqualTo(made());
            assertThat(made() + outcomes.notTried()).isEqualTo(PEOPLE);
            assertThat(heard).hasSize(PEOPLE);
        }

        @Test
        void while_a_response_is_looked_at_leaves_that_change_unknown_and_the_one_about_to_be_sent() {
            SpoolDisk disk = new FullDisk(Long.MAX_VALUE) {
                private boolean failed;

                @Override
                public void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
                    if (!failed) {
                        failed = true;
                        throw full;
                    }
                    super.write(file, bytes, length);
                }
            };

            Outcomes outcomes = apply(SettingsToTest.standard().memory(new SpoolBudget(0, disk)), creates(-1));

            assertThat(outcomes.stopped()).contains(StopReason.OUT_OF_MEMORY);
            assertThat(outcomes.failures())
                    .hasSize(2)
                    .allSatisfy(unknown -> assertThat(unknown.status()).isEqualTo(Outcome.Status.UNKNOWN));
            assertThat(outcomes.counts().of(ChangeKind.CREATE) + 1).isEqualTo(made());
            assertThat(made() + 1 + outcomes.notTried()).isEqualTo(PEOPLE);
            assertThat(heard).hasSize(PEOPLE);
        }
    }
}
