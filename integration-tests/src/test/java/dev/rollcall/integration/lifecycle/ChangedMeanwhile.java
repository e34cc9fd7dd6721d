package dev.rollcall.integration.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.policy.ChangeGate;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Others change the directory between a plan and each of its writes: no write meets an entry that it must not. */
interface ChangedMeanwhile {
    int SEEDS = 12;

    Firm firm() throws Exception;

    @Test
    default void between_any_two_writes_and_no_wrong_entry_is_written() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            meddle(seed, true);
        }
    }

    @Test
    default void before_the_first_write_and_no_wrong_entry_is_written_in_a_window_of_many() throws Exception {
        for (int seed = 101; seed <= 100 + SEEDS; seed++) {
            meddle(seed, false);
        }
    }

    private void meddle(int seed, boolean betweenWrites) throws Exception {
        try (Firm firm = firm()) {
            String group = firm.addGroup("choir");
            firm.rules = mapping -> mapping.group(group, "record.sings == 'yes'");
            firm.directory(builder -> builder.protect("(description=keep)"));
            for (int i = 1; i <= 8; i++) {
                firm.hire(
                        "" + i,
                        "Name" + i,
                        i % 2 == 0 ? "north" : "south",
                        "sings",
                        i < 3 ? "yes" : "no",
                        "title",
                        "T");
            }
            firm.runs("create 8, groupAdd 2");
            firm.edit("1", "title", "New1")
                    .edit("2", "sings", "no", "title", "New2")
                    .edit("3", "name", "Other3");
            firm.edit("4", "site", "south").edit("5", "sings", "yes").edit("6", "title", "New6", "sings", "yes");
            firm.dismiss("7").dismiss("8").hire("9", "Name9", "north", "sings", "yes");
            Meddler meddler = new Meddler(firm, group, new Random(seed));
            AtomicReference<Exception> broken = new AtomicReference<>();
            firm.policies = policy -> {
                policy.guardrails(Guardrails.defaults().failures(Limit.none())).allow("maxDisableOrDelete");
                return betweenWrites
                        ? policy.gate(change -> {
                            try {
                                meddler.perhaps();
                            } catch (Exception failed) {
                                broken.set(failed);
                            }
                            return ChangeGate.Decision.ALLOW;
                        })
                        : policy;
            };
            Reconciler reconciler = firm.reconciler();
            try (Plan plan = reconciler.plan()) {
                meddler.perhaps();
                if (!betweenWrites) {
                    meddler.perhaps();
                    meddler.perhaps();
                }
                Outcomes outcomes = reconciler.apply(plan);
                assertThat(broken.get()).as("seed " + seed).isNull();
                meddler.nobodyWasWritten("seed " + seed + ": " + outcomes.failures());
            } finally {
                meddler.cleanUp();
            }
        }
    }
}
