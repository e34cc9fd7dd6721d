package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.account.AccountApplier;
import dev.rollcall.provisioning.internal.account.AccountPlanning;
import dev.rollcall.provisioning.internal.account.AccountRun;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;

/** Makes the accounts of an application agree. Immutable and thread-safe. */
record AccountRuns(AccountRun run) implements Run {
    @Override
    public Plan plan() {
        return new AccountPlanning(run).plan();
    }

    @Override
    public Outcomes apply(Plan plan) {
        return new AccountApplier(run, plan).apply();
    }
}
