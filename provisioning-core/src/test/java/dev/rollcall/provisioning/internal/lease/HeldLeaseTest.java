package dev.rollcall.provisioning.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.StateException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a lease is renewed, and when nothing may be sent any more. */
class HeldLeaseTest {
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final MovedTime time = new MovedTime();
    private final Kept kept = new Kept();
    private final HeldLease lease = new HeldLease("ldap://x, base dc=test", kept, time::nanoTime, time.nanoTime());

    /** A lease as a store has it, which somebody else may take, or which cannot be reached. */
    private final class Kept implements Leases.Lease {
        private int renewals;
        private boolean taken;
        private boolean unreachable;
        private Duration takes = Duration.ZERO;

        @Override
        public long number() {
            return 1;
        }

        @Override
        public Duration length() {
            return LENGTH;
        }

        @Override
        public boolean renew() {
            renewals++;
            time.pass(takes);
            if (unreachable) {
                throw new StateException(
                        FailureKind.UNAVAILABLE, Problem.of("state-unreachable", "state", "no route", ""), null);
            }
            return !taken;
        }

        @Override
        public void close() {
            renew();
        }
    }

    private void pass(int seconds) {
        time.pass(Duration.ofSeconds(seconds));
    }

    @Test
    void is_not_renewed_in_its_first_third() {
        pass(9);

        assertThat(lease.keep()).isTrue();
        assertThat(kept.renewals).isZero();
    }

    @Test
    void is_renewed_after_a_third_and_then_lasts_from_there() {
        for (int each = 0; each < 100; each++) {
            pass(11);
            assertThat(lease.keep()).isTrue();
            assertThat(lease.keep()).isTrue();
        }

        assertThat(kept.renewals).isEqualTo(100);
    }

    @Test
    void is_lost_when_somebody_else_has_it() {
        kept.taken = true;
        pass(11);

        assertThat(lease.keep()).isFalse();
        assertThat(lease.why())
                .hasMessageContaining("the lease for ldap://x, base dc=test was lost: another run has taken over");
    }

    @Test
    void once_lost_is_never_held_again() {
        kept.taken = true;
        pass(11);
        lease.keep();
        kept.taken = false;

        assertThat(lease.keep()).isFalse();
    }

    /** The process was stopped, for example, and nobody took over. */
    @Test
    void is_renewed_before_anything_is_sent_however_long_the_process_slept() {
        pass(3_600);

        assertThat(lease.keep()).isTrue();
        assertThat(kept.renewals).isEqualTo(1);
    }

    @Test
    void that_cannot_be_renewed_is_good_for_two_thirds() {
        kept.unreachable = true;
        pass(19);
        assertThat(lease.keep()).isTrue();
        pass(1);

        assertThat(lease.keep()).isFalse();
        assertThat(lease.why()).hasMessageContaining("it could not be renewed: no route");
        assertThatThrownBy(lease::check).isInstanceOf(StateException.class);
    }

    @Test
    void that_cannot_be_renewed_is_not_tried_at_each_write() {
        kept.unreachable = true;
        pass(11);
        for (int each = 0; each < 50; each++) {
            assertThat(lease.keep()).isTrue();
        }

        assertThat(kept.renewals).isEqualTo(1);
    }

    @Test
    void whose_store_answers_again_in_time_is_held() {
        kept.unreachable = true;
        pass(11);
        lease.keep();
        kept.unreachable = false;
        pass(8);

        assertThat(lease.keep()).isTrue();
        pass(9);
        assertThat(lease.keep()).isTrue();
    }

    /** It is good from the moment at which the renewal was asked for, not from the answer. */
    @Test
    void whose_renewal_took_too_long_is_lost() {
        kept.takes = Duration.ofSeconds(21);
        pass(11);

        assertThat(lease.keep()).isFalse();
    }

    @Test
    void that_cannot_be_given_back_ends_by_itself() {
        kept.unreachable = true;

        lease.close();

        assertThat(kept.renewals).isEqualTo(1);
    }

    @Test
    void of_a_store_without_leases_is_never_lost() {
        assertThat(HeldLease.none().keep()).isTrue();
    }
}
