package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.apply.Applier;
import dev.rollcall.provisioning.internal.apply.ApplySettings;
import dev.rollcall.provisioning.internal.apply.OwnedScope;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.state.StateStore;

/** Makes a directory agree. Immutable and thread-safe. */
record DirectoryRun(RunSettings run) implements Run {
    @Override
    public Plan plan(HeldLease lease) {
        return new Planning(
                        run,
                        new PlanWatch(
                                () -> {
                                    lease.check();
                                    return run.callbacks().cancelled().getAsBoolean();
                                },
                                run.callbacks().progress()))
                .plan();
    }

    @Override
    public PlanOwner owner() {
        return run.owner();
    }

    @Override
    public String place() {
        return run.directory().stateTarget() + ", base " + run.directory().base();
    }

    @Override
    public StateStore state() {
        return run.storage().state();
    }

    @Override
    public String server() {
        return run.directory().server();
    }

    @Override
    public Outcomes apply(Plan plan, HeldLease lease) {
        ApplySettings settings = new ApplySettings(
                OwnedScope.of(run.mapping()),
                run.policies().failures(),
                run.passwords(),
                run.input().today(),
                run.callbacks(),
                run.storage().under(lease));
        return new Applier(run.directory(), settings).apply(plan);
    }
}
