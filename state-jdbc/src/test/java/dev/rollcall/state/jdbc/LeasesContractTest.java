package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.Leases.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What leases promise, wherever they are kept. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.rollcall.state.jdbc.StateKind#all")
class LeasesContractTest {
    private static final String BASE = "ldap://127.0.0.1/dc=example,dc=test";
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @Parameter
    private StateKind kind;

    private StateKind.TestState state;
    private Leases leases;

    @BeforeEach
    void open() {
        state = kind.open(folder);
        leases = state.leases();
    }

    @AfterEach
    void close() {
        state.close();
    }

    private Lease taken(String who) {
        return leases.take(BASE, who, HOUR).orElseThrow();
    }

    @Test
    void nobody_has_what_was_never_taken() {
        assertThat(leases.holder(BASE)).isEmpty();
    }

    @Test
    void who_has_it_is_known() {
        Lease lease = taken("node-1 4711");

        assertThat(lease.number()).isEqualTo(1);
        assertThat(lease.length()).isEqualTo(HOUR);
        assertThat(leases.holder(BASE)).hasValueSatisfying(holder -> {
            assertThat(holder.who()).isEqualTo("node-1 4711");
            assertThat(holder.until()).isEqualTo(holder.since().plus(HOUR));
        });
    }

    @Test
    void what_somebody_has_nobody_else_gets() {
        taken("node-1");

        assertThat(leases.take(BASE, "node-2", HOUR)).isEmpty();
        assertThat(leases.holder(BASE)).map(Leases.Holder::who).contains("node-1");
    }

    @Test
    void another_directory_is_another_lease() {
        taken("node-1");

        assertThat(leases.take("ldap://127.0.0.2", "node-2", HOUR)).isPresent();
    }

    @Test
    void what_is_given_back_has_a_greater_number_when_it_is_taken_next() {
        taken("node-1").close();

        assertThat(leases.holder(BASE)).isEmpty();
        assertThat(taken("node-2").number()).isEqualTo(2);
    }

    @Test
    void what_ran_out_is_somebody_elses_with_a_greater_number() {
        Lease first = taken("node-1");
        state.pass(HOUR);
        Lease second = taken("node-2");

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(first.renew()).isFalse();
        assertThat(leases.holder(BASE)).map(Leases.Holder::who).contains("node-2");
    }

    @Test
    void a_renewal_makes_it_last_from_then_on() {
        Lease lease = taken("node-1");
        state.pass(Duration.ofMinutes(50));

        assertThat(lease.renew()).isTrue();
        state.pass(Duration.ofMinutes(50));

        assertThat(leases.take(BASE, "node-2", HOUR)).isEmpty();
        state.pass(Duration.ofMinutes(10));
        assertThat(leases.take(BASE, "node-2", HOUR)).isPresent();
    }

    @Test
    void what_ran_out_and_nobody_took_can_be_renewed() {
        Lease lease = taken("node-1");
        state.pass(HOUR.multipliedBy(2));

        assertThat(lease.renew()).isTrue();
        assertThat(leases.take(BASE, "node-2", HOUR)).isEmpty();
    }

    @Test
    void what_was_given_back_cannot_be_renewed() {
        Lease lease = taken("node-1");
        lease.close();

        assertThat(lease.renew()).isFalse();
    }

    @Test
    void giving_back_a_lease_that_ran_out_leaves_the_next_holder_alone() {
        Lease first = taken("node-1");
        state.pass(HOUR);
        taken("node-2");

        first.close();

        assertThat(leases.holder(BASE)).map(Leases.Holder::who).contains("node-2");
    }

    @Test
    void a_lease_without_length_is_refused() {
        assertThatThrownBy(() -> leases.take(BASE, "node-1", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("length: must be at least a millisecond; was PT0S");
    }

    @Test
    void of_many_that_ask_at_once_one_gets_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<Lease>>> asking = new ArrayList<>();
            for (int each = 0; each < 32; each++) {
                String who = "node-" + each;
                asking.add(() -> leases.take(BASE, who, HOUR));
            }
            int got = 0;
            for (Future<Optional<Lease>> answer : threads.invokeAll(asking)) {
                got += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(got).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }
}
