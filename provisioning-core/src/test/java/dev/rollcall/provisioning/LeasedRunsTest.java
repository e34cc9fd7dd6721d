package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import dev.rollcall.provisioning.internal.lease.LeaseTaking;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import dev.rollcall.provisioning.source.UserSource;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.RunLease;
import dev.rollcall.provisioning.state.StateException;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a store that has leases: one at a time writes to a directory and base. */
class LeasedRunsTest {
    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final int PEOPLE = 20;

    private final Roll roll = new Roll();
    private final LeaseTime time = new LeaseTime();
    private final Leases leases = Leases.memory(time);

    /** The time of leases, which passes only where a test lets it. */
    private static final class LeaseTime extends Clock {
        private long nanos;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanos);
        }
    }

    /** A store that has leases besides what memory keeps. */
    private record Leased(StateStore kept, Leases shared) implements StateStore {
        @Override
        public List<Normalization> normalizations(String target) {
            return kept.normalizations(target);
        }

        @Override
        public void remember(String target, Collection<Normalization> normalizations) {
            kept.remember(target, normalizations);
        }

        @Override
        public Optional<Leases> leases() {
            return Optional.of(shared);
        }
    }

    @BeforeEach
    void there_are_people_to_create() {
        roll.people(PEOPLE);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    /** A run of one process; while it waits for a lease, {@code meanwhile} happens. */
    private Reconciler process(String who, ChangeGate gate, Runnable meanwhile) {
        roll.policies = builder ->
                builder.state(new Leased(StateStore.memory(), leases)).gate(gate);
        LeaseTaking.Pause pause = length -> {
            time.nanos += length.toNanos();
            meanwhile.run();
        };
        return roll.reconciler(UserSource.of(List.copyOf(roll.records)))
                .taking(new LeaseTaking(() -> time.nanos, pause, () -> who, LENGTH));
    }

    private Reconciler process(String who) {
        return process(who, ChangeGate.open(), () -> {});
    }

    @Test
    void give_their_lease_back() {
        Reconciler first = process("first");
        try (Plan plan = first.plan();
                Outcomes outcomes = first.apply(plan)) {
            assertThat(outcomes.stopped()).isEmpty();
        }
        assertThat(roll.uids()).hasSize(PEOPLE);

        process("second").lease(Duration.ZERO).close();

        assertThat(time.nanos).as("time spent waiting").isZero();
    }

    @Test
    void are_refused_while_another_is_under_way_and_told_which() {
        Reconciler first = process("first");
        RunLease held = first.lease(Duration.ZERO);
        // A run that is under way renews its lease.
        Runnable goingOn = () -> first.plan(held).close();
        Reconciler second = process("second", ChangeGate.open(), goingOn);
        try (Plan plan = second.plan()) {
            StateException refused = catchThrowableOfType(StateException.class, () -> second.apply(plan));

            assertThat(refused.problem().code()).isEqualTo("run-in-progress");
            assertThat(refused).hasMessageContaining("base " + Roll.PEOPLE).hasMessageContaining(": first, since");
            assertThat(roll.uids()).isEmpty();

            held.close();
            assertThat(second.apply(plan).stopped()).as("the same plan, later").isEmpty();
        }
    }

    @Test
    void may_hold_it_from_the_plan_to_the_last_write() {
        Reconciler first = process("first");
        try (RunLease lease = first.lease(Duration.ZERO);
                Plan plan = first.plan(lease);
                Outcomes outcomes = first.apply(plan, lease)) {
            assertThat(outcomes.stopped()).isEmpty();
        }

        assertThat(roll.uids()).hasSize(PEOPLE);
    }

    /** As a process that the system stopped, and that wakes up when another has begun. */
    @Test
    void that_slept_until_another_took_over_send_nothing_more() {
        int[] asked = new int[1];
        Reconciler other = process("other");
        Reconciler sleeper = process(
                "sleeper",
                change -> {
                    if (++asked[0] == 5) {
                        time.nanos += LENGTH.toNanos();
                        other.lease(Duration.ZERO);
                    }
                    return ChangeGate.Decision.ALLOW;
                },
                () -> {});

        try (Plan plan = sleeper.plan();
                Outcomes outcomes = sleeper.apply(plan)) {
            assertThat(outcomes.stopped()).contains(StopReason.LEASE_LOST);
            assertThat(outcomes.cause().orElseThrow()).hasMessageContaining("another run has taken over");
            assertThat(outcomes.notTried()).isEqualTo(PEOPLE - 4);
        }
        assertThat(roll.uids()).hasSize(4);
    }

    /** A change may need several requests: a new account, its password, and what makes it usable. */
    @Test
    void that_lost_the_lease_in_the_middle_of_a_change_do_not_send_its_other_requests(@TempDir Path folder) {
        AtomicInteger modifies = new AtomicInteger();
        Runnable[] afterAdd = {() -> {}};
        try (Roll slow = new Roll(new InMemoryOperationInterceptor() {
            @Override
            public void processAddResult(InMemoryInterceptedAddResult result) {
                afterAdd[0].run();
            }

            @Override
            public void processModifyRequest(InMemoryInterceptedModifyRequest request) {
                modifies.incrementAndGet();
            }
        })) {
            slow.person(1, "Ada", "Lovelace");
            slow.policies = builder -> builder.state(new Leased(StateStore.memory(), leases))
                    .passwords(PasswordPolicy.generate(20, PasswordDelivery.file(folder.resolve("passwords.csv")))
                            .forceChange(false));
            LeaseTaking.Pause pause = length -> time.nanos += length.toNanos();
            Reconciler reconciler = slow.reconciler(UserSource.of(List.copyOf(slow.records)));
            Reconciler other = reconciler.taking(new LeaseTaking(() -> time.nanos, pause, () -> "other", LENGTH));
            Reconciler sleeper = reconciler.taking(new LeaseTaking(() -> time.nanos, pause, () -> "sleeper", LENGTH));
            afterAdd[0] = () -> {
                time.nanos += LENGTH.toNanos();
                other.lease(Duration.ZERO);
            };

            try (Plan plan = sleeper.plan();
                    Outcomes outcomes = sleeper.apply(plan)) {
                assertThat(outcomes.failures()).isNotEmpty();
            }
            assertThat(slow.uids()).hasSize(1);
            assertThat(modifies).hasValue(0);
        }
    }

    @Test
    void that_slept_while_nobody_took_over_go_on() {
        int[] asked = new int[1];
        Reconciler sleeper = process(
                "sleeper",
                change -> {
                    if (++asked[0] == 5) {
                        time.nanos += LENGTH.multipliedBy(100).toNanos();
                    }
                    return ChangeGate.Decision.ALLOW;
                },
                () -> {});

        assertThat(sleeper.apply(sleeper.plan()).stopped()).isEmpty();
        assertThat(roll.uids()).hasSize(PEOPLE);
    }

    @Test
    void that_slept_while_planning_end_before_they_write() {
        Reconciler first = process("first");
        Reconciler other = process("other");
        try (RunLease lease = first.lease(Duration.ZERO)) {
            time.nanos += LENGTH.toNanos();
            other.lease(Duration.ZERO);

            StateException lost = catchThrowableOfType(StateException.class, () -> first.plan(lease));

            assertThat(lost.problem().code()).isEqualTo("lease-lost");
        }
    }
}
