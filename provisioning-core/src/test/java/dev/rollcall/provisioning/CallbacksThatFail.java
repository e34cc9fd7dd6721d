package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcome;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Code of the host that throws, towards a directory and towards an application. */
abstract class CallbacksThatFail {
    final RuntimeException broken = new IllegalArgumentException("broken");

    final List<String> heard = new ArrayList<>();

    /** Plans the creation of ten people and applies it. */
    abstract Outcomes apply(UnaryOperator<ReconcilerBuilder> with);

    /** How many people there are. */
    abstract int made();

    private UnaryOperator<ReconcilerBuilder> listening(UnaryOperator<ReconcilerBuilder> with) {
        return builder -> with.apply(builder)
                .listener(outcome ->
                        heard.add(outcome.status() + " " + outcome.change().key()));
    }

    static void stopped(Outcomes outcomes, Throwable cause, int done) {
        assertThat(outcomes.stopped()).contains(StopReason.CALLBACK_FAILED);
        assertThat(outcomes.cause()).contains(cause);
        assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(done);
        assertThat(outcomes.notTried()).isEqualTo(10 - done);
        assertThat(outcomes.isComplete()).isFalse();
    }

    @Nested
    class A_gate {
        @Test
        void that_throws_stops_before_that_change() {
            Outcomes outcomes = apply(listening(builder -> builder.gate(change -> {
                if (change.key().equals("4")) {
                    throw broken;
                }
                return ChangeGate.Decision.ALLOW;
            })));

            stopped(outcomes, broken, 3);
            assertThat(made()).isEqualTo(3);
            assertThat(heard).hasSize(10).contains("DONE 3", "NOT_TRIED 4", "NOT_TRIED 10");
        }

        @Test
        @SuppressWarnings("NullAway")
        void that_returns_null_stops_before_that_change() {
            Outcomes outcomes = apply(listening(
                    builder -> builder.gate(change -> change.key().equals("4") ? null : ChangeGate.Decision.ALLOW)));

            assertThat(outcomes.stopped()).contains(StopReason.CALLBACK_FAILED);
            assertThat(outcomes.cause().orElseThrow()).hasMessageContaining("the gate returned null for create");
            assertThat(made()).isEqualTo(3);
        }

        @Test
        void whose_error_is_thrown_on_lets_those_on_their_way_arrive() {
            AssertionError error = new AssertionError("broken");

            assertThatThrownBy(() -> apply(listening(builder -> builder.gate(change -> {
                        if (change.key().equals("4")) {
                            throw error;
                        }
                        return ChangeGate.Decision.ALLOW;
                    }))))
                    .isSameAs(error);

            assertThat(made()).isEqualTo(3);
            assertThat(heard).hasSize(10).contains("DONE 1", "DONE 2", "DONE 3", "NOT_TRIED 4");
        }

        @Test
        void that_runs_out_of_memory_stops_the_run() {
            Outcomes outcomes = apply(listening(builder -> builder.gate(change -> {
                throw new OutOfMemoryError("a test");
            })));

            assertThat(outcomes.stopped()).contains(StopReason.OUT_OF_MEMORY);
            assertThat(made()).isZero();
        }
    }

    @Nested
    class A_listener {
        @Test
        void that_throws_stops_after_that_change_and_the_others_hear_all() {
            Outcomes outcomes = apply(listening(builder -> builder.listener(outcome -> {
                if (outcome.change().key().equals("1")) {
                    throw broken;
                }
            })));

            assertThat(outcomes.stopped()).contains(StopReason.CALLBACK_FAILED);
            assertThat(outcomes.cause()).contains(broken);
            assertThat(heard).hasSize(10).contains("DONE 1");
            assertThat(made())
                    .isPositive()
                    .isEqualTo(outcomes.counts().of(ChangeKind.CREATE))
                    .isEqualTo((int) heard.stream()
                            .filter(what -> what.startsWith("DONE"))
                            .count());
        }

        @Test
        void that_throws_when_a_change_begins_stops_after_that_change() {
            Outcomes outcomes = apply(listening(builder -> builder.listener(new ChangeListener() {
                @Override
                public void starting(Change change) {
                    if (change.key().equals("4")) {
                        throw broken;
                    }
                }

                @Override
                public void finished(Outcome outcome) {}
            })));

            stopped(outcomes, broken, 4);
            assertThat(made()).isEqualTo(4);
        }

        @Test
        void that_throws_at_the_last_change_is_reported_as_well() {
            Outcomes outcomes = apply(builder -> builder.listener(outcome -> {
                if (outcome.change().key().equals("10")) {
                    throw broken;
                }
            }));

            stopped(outcomes, broken, 10);
        }
    }

    @Nested
    class A_cancellation {
        @Test
        void that_throws_stops_the_run() {
            int[] asked = new int[1];
            boolean[] applying = new boolean[1];
            Outcomes outcomes = apply(listening(builder -> builder.gate(change -> {
                        applying[0] = true;
                        return ChangeGate.Decision.ALLOW;
                    })
                    .cancelled(() -> {
                        if (applying[0] && ++asked[0] == 5) {
                            throw broken;
                        }
                        return false;
                    })));

            assertThat(outcomes.stopped()).contains(StopReason.CALLBACK_FAILED);
            assertThat(outcomes.cause()).contains(broken);
            assertThat(heard).hasSize(10);
            assertThat(made()).isBetween(1, 5);
        }
    }
}
