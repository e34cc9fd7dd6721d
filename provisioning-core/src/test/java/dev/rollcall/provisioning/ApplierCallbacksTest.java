package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.PasswordDelivery;
import dev.rollcall.provisioning.policy.PasswordPolicy;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplierCallbacksTest extends CallbacksThatFail {
    private final Roll roll = new Roll();

    @BeforeEach
    void ten_people() {
        roll.people(10);
    }

    @AfterEach
    void close() {
        roll.close();
    }

    @Override
    Outcomes apply(UnaryOperator<ReconcilerBuilder> with) {
        roll.policies = with;
        return roll.sync();
    }

    @Override
    int made() {
        return roll.uids().size();
    }

    private PasswordPolicy failingAt(String step) {
        return PasswordPolicy.generate(20, new PasswordDelivery() {
            @Override
            public void prepare(String key, String dn, Secret password) {
                fail("prepare", key);
            }

            @Override
            public void confirm(String key) {
                fail("confirm", key);
            }

            @Override
            public void cancel(String key) {
                fail("cancel", key);
            }

            @Override
            public List<Prepared> prepared() {
                fail("prepared", "4");
                return List.of();
            }

            private void fail(String present, String key) {
                if (present.equals(step) && key.equals("4")) {
                    throw broken;
                }
            }
        });
    }

    @Test
    void a_password_that_cannot_be_kept_stops_before_that_account() throws Exception {
        roll.bound();
        Outcomes outcomes = apply(builder -> builder.passwords(failingAt("prepare")));

        stopped(outcomes, broken, 3);
    }

    @Test
    void a_password_that_cannot_be_confirmed_stops_after_that_account() throws Exception {
        roll.bound();
        Outcomes outcomes = apply(builder -> builder.passwords(failingAt("confirm")));

        assertThat(outcomes.stopped()).contains(StopReason.CALLBACK_FAILED);
        assertThat(outcomes.cause()).contains(broken);
        assertThat(made()).isEqualTo(outcomes.counts().of(ChangeKind.CREATE));
    }

    @Test
    void passwords_of_earlier_runs_that_cannot_be_read_stop_before_the_first() {
        Outcomes outcomes = apply(builder -> builder.passwords(failingAt("prepared")));

        stopped(outcomes, broken, 0);
    }
}
