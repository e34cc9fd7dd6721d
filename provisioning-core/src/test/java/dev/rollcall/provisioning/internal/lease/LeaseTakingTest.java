package dev.rollcall.provisioning.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.StateException;
import dev.rollcall.provisioning.state.StateStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a run gets its lease, and what is reported if another run has it. */
class LeaseTakingTest {
    private static final String BASE = "ldap://x, base dc=test";
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final MovedTime time = new MovedTime();
    private final Leases leases = Leases.memory(time);

    private LeaseTaking taking(LeaseTaking.Pause pause) {
        return new LeaseTaking(
                time::nanoTime,
                length -> {
                    time.pass(length);
                    pause.pause(length);
                },
                () -> "node-2, process 2",
                LENGTH);
    }

    private Leases.Lease other() {
        return leases.take(BASE, "node-1, process 1", LENGTH).orElseThrow();
    }

    @Test
    void what_nobody_has_is_taken_at_once() {
        taking(length -> {
                    throw new AssertionError("it waits");
                })
                .take(leases, BASE, Duration.ZERO);

        assertThat(leases.holder(BASE)).map(Leases.Holder::who).contains("node-2, process 2");
    }

    @Test
    void a_run_that_is_alive_is_not_waited_for_and_named() {
        Leases.Lease alive = other();

        StateException refused = catchThrowableOfType(
                StateException.class, () -> taking(length -> alive.renew()).take(leases, BASE, Duration.ZERO));

        assertThat(refused.problem().code()).isEqualTo("run-in-progress");
        assertThat(refused.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(refused)
                .hasMessage("state: another run writes to ldap://x, base dc=test: node-1, process 1, since"
                        + " 2026-01-05T06:00:00Z; wait until it has ended (--wait), or end it");
    }

    @Test
    void a_run_that_is_alive_is_waited_for_as_long_as_one_likes() {
        Leases.Lease alive = other();
        AtomicInteger waits = new AtomicInteger();

        taking(length -> {
                    if (waits.incrementAndGet() < 600) {
                        alive.renew();
                    } else {
                        alive.close();
                    }
                })
                .take(leases, BASE, Duration.ofMinutes(10));

        assertThat(waits).hasValue(600);
        assertThat(leases.holder(BASE)).map(Leases.Holder::who).contains("node-2, process 2");
    }

    @Test
    void waiting_has_an_end() {
        Leases.Lease alive = other();
        LeaseTaking taking = taking(length -> alive.renew());

        assertThatThrownBy(() -> taking.take(leases, BASE, Duration.ofMinutes(1)))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("node-1, process 1");
    }

    /** It cannot be told from a dead process at first; nobody must wait longer than the lease lasts. */
    @Test
    void a_run_that_died_is_waited_for_until_its_lease_ends() {
        other();
        AtomicInteger waits = new AtomicInteger();

        taking(length -> waits.incrementAndGet()).take(leases, BASE, Duration.ZERO);

        assertThat(waits).hasValue(60);
    }

    @Test
    void an_interrupt_ends_the_waiting() {
        other();
        LeaseTaking taking = taking(length -> Thread.currentThread().interrupt());

        StateException cancelled =
                catchThrowableOfType(StateException.class, () -> taking.take(leases, BASE, Duration.ofMinutes(1)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cancelled.kind()).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void a_store_without_leases_keeps_nobody_out() {
        LeaseTaking taking = taking(length -> {});
        taking.take(StateStore.memory(), BASE, Duration.ZERO);

        assertThat(taking.take(StateStore.memory(), BASE, Duration.ZERO).keep()).isTrue();
    }
}
