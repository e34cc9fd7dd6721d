package dev.rollcall.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountCallbacksTest extends CallbacksThatFail {
    private final AccountRoll roll = new AccountRoll() {};

    @BeforeEach
    void ten_people() {
        for (int i = 1; i <= 10; i++) {
            roll.people.add(AccountRoll.person(i));
        }
    }

    @Override
    Outcomes apply(UnaryOperator<ReconcilerBuilder> with) {
        return roll.apply(with.apply(roll.builder()));
    }

    @Override
    int made() {
        return roll.accounts.all().size();
    }

    @Test
    void several_at_once_are_all_reported() {
        roll.accounts.batchSize = 4;
        List<String> all = new ArrayList<>();
        Outcomes outcomes = apply(builder -> builder.listener(outcome -> {
                    throw broken;
                })
                .listener(outcome -> all.add(outcome.status().name())));

        assertThat(outcomes.stopped()).contains(StopReason.CALLBACK_FAILED);
        assertThat(outcomes.counts().of(ChangeKind.CREATE)).isEqualTo(4);
        assertThat(all).hasSize(10).containsOnly("DONE", "NOT_TRIED");
    }
}
