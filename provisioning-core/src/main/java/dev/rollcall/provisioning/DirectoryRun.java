package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.apply.Applier;
import dev.rollcall.provisioning.internal.apply.ApplySettings;
import dev.rollcall.provisioning.internal.apply.OwnedScope;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;

/** Makes a directory agree. Immutable and thread-safe. */
record DirectoryRun(RunSettings run) implements Run {
    @Override
    public Plan plan() {
        return new Planning(
                        run,
                        new PlanWatch(
                                run.callbacks().cancelled(), run.callbacks().progress()))
                .plan();
    }

    @Override
    public PlanOwner owner() {
        return run.owner();
    }

    @Override
    public String server() {
        return run.directory().server();
    }

    @Override
    public Outcomes apply(Plan plan) {
        ApplySettings settings = new ApplySettings(
                OwnedScope.of(run.mapping()),
                run.policies().failures(),
                run.passwords(),
                run.input().today(),
                run.callbacks(),
                run.storage());
        return new Applier(run.directory(), settings).apply(plan);
    }
}
