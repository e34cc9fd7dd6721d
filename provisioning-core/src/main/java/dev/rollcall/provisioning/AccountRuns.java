package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.account.AccountApplier;
import dev.rollcall.provisioning.internal.account.AccountPlanning;
import dev.rollcall.provisioning.internal.account.AccountRun;
import dev.rollcall.provisioning.internal.account.AccountSettlement;
import dev.rollcall.provisioning.internal.journal.PriorValues;
import dev.rollcall.provisioning.internal.journal.Recording;
import dev.rollcall.provisioning.internal.journal.RunJournal;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.spool.Heap;
import dev.rollcall.provisioning.internal.spool.ResourceForecast;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.state.StateStore;

/** Makes the accounts of an application agree. Immutable and thread-safe. */
record AccountRuns(AccountRun run) implements Run {
    /** Running out of memory is reported here, where all that the plan took is garbage again; nothing was written. */
    @Override
    public Plan plan(HeldLease lease) {
        ResourceForecast forecast =
                new ResourceForecast(Heap.ofProcess(), run.storage().memory());
        PlanWatch watch = new PlanWatch(
                () -> {
                    lease.check();
                    return run.callbacks().cancelled().getAsBoolean();
                },
                run.callbacks().progress(),
                forecast);
        try {
            return new AccountPlanning(run, watch).plan();
        } catch (OutOfMemoryError full) {
            throw forecast.outOfMemory(full);
        }
    }

    @Override
    public PlanOwner owner() {
        return run.owner();
    }

    @Override
    public String place() {
        return "the application " + run.target().name();
    }

    @Override
    public StateStore state() {
        return run.storage().state();
    }

    @Override
    public String server() {
        return "";
    }

    @Override
    public Plan undo(String id) {
        throw new IllegalArgumentException("run " + id
                + " cannot be undone: only what runs did to a directory can be, and this is the application "
                + run.target().name());
    }

    @Override
    public Outcomes apply(JudgedPlan plan, HeldLease lease) {
        String target = run.target().name();
        boolean began = run.storage()
                .state()
                .accounts(target)
                .map(StateStore.Accounts::loading)
                .orElse(plan.managed() == 0);
        boolean loading = began && plan.counts().of(ChangeKind.CREATE) > 0;
        // A run about some keys does not know how many accounts there are.
        if (plan.source().isComplete() && loading) {
            run.storage().state().remember(target, new StateStore.Accounts(plan.managed(), true));
        }
        Recording recording = run.storage().recording();
        Journal kept = recording.journal();
        if (kept != null) {
            recording = recording.of(null, new AccountSettlement(run, kept).settle());
        }
        Outcomes outcomes;
        try (RunJournal journal = recording.begin(target, plan, PriorValues.NONE)) {
            outcomes = new AccountApplier(run.under(lease).recorded(recording), plan, journal).apply();
        }
        if (plan.source().isComplete()) {
            long left = (long) plan.managed()
                    + outcomes.counts().of(ChangeKind.CREATE)
                    - outcomes.counts().of(ChangeKind.DELETE);
            run.storage().state().remember(target, new StateStore.Accounts(left, loading && outcomes.notTried() > 0));
        }
        return outcomes;
    }
}
