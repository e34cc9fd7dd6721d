package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.apply.Applier;
import dev.rollcall.provisioning.internal.apply.ApplySettings;
import dev.rollcall.provisioning.internal.apply.OwnedScope;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.spool.Heap;
import dev.rollcall.provisioning.internal.spool.ResourceForecast;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;

/** Makes a directory agree. Immutable and thread-safe. */
record DirectoryRun(RunSettings run) implements Run {
    /** Running out of memory is told here, where all that the plan took is garbage again; nothing was written. */
    @Override
    public Plan plan() {
        ResourceForecast forecast =
                new ResourceForecast(Heap.ofProcess(), run.storage().memory());
        PlanWatch watch =
                new PlanWatch(run.callbacks().cancelled(), run.callbacks().progress(), forecast);
        try {
            return new Planning(run, watch).plan();
        } catch (OutOfMemoryError full) {
            throw forecast.outOfMemory(full);
        }
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
