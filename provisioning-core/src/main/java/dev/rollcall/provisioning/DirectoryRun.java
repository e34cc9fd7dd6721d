package dev.rollcall.provisioning;

import dev.rollcall.provisioning.internal.apply.Applier;
import dev.rollcall.provisioning.internal.apply.ApplySettings;
import dev.rollcall.provisioning.internal.apply.OwnedScope;
import dev.rollcall.provisioning.internal.journal.Recording;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.internal.spool.Heap;
import dev.rollcall.provisioning.internal.spool.ResourceForecast;
import dev.rollcall.provisioning.internal.undo.Settlement;
import dev.rollcall.provisioning.internal.undo.UndoPlanning;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Conflict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.state.SeenKeys;
import dev.rollcall.provisioning.state.StateStore;
import java.time.Instant;
import java.util.List;

/** Makes a directory agree. Immutable and thread-safe. */
record DirectoryRun(RunSettings run) implements Run {
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
    public Plan undo(String id) {
        Journal journal = run.storage().recording().journal();
        if (journal == null) {
            throw new IllegalStateException("nothing can be undone without a journal: the state store keeps none");
        }
        return new UndoPlanning(run, journal).plan(id);
    }

    @Override
    public Outcomes apply(JudgedPlan plan, HeldLease lease) {
        Recording recording = run.storage().recording();
        run.storage().state().seen().ifPresent(seen -> remember(plan, seen, recording.dataSource()));
        Journal journal = recording.journal();
        if (journal == null) {
            return apply(plan, recording, lease);
        }
        List<Conflict> found = new Settlement(run, journal).settle();
        String undoes = plan.undoes().orElse(null);
        Outcomes outcomes = apply(plan, recording.of(undoes, found), lease);
        if (undoes != null
                && outcomes.isComplete()
                && plan.conflicts().isEmpty()
                && plan.guardrails().passed()) {
            undone(journal, undoes);
        }
        return outcomes;
    }

    /** Before the first write, so that nobody whom this run gives an account is taken for a stranger later. */
    private static void remember(JudgedPlan plan, SeenKeys seen, String dataSource) {
        if (plan.undoes().isEmpty()) {
            plan.shown()
                    .addTo(
                            seen,
                            dataSource,
                            plan.changes()
                                    .filter(change -> change.kind() == ChangeKind.CREATE
                                            || change.kind() == ChangeKind.LINK
                                            || change.kind() == ChangeKind.DISABLE)
                                    .map(Change::key));
        }
    }

    /** A run is undone, and if it undid another one, that one is in force again. */
    private void undone(Journal journal, String id) {
        Instant now = run.input().clock().instant();
        journal.run(id)
                .flatMap(RunRecord::undone)
                .filter(other -> journal.run(other).isPresent())
                .ifPresent(other -> journal.mark(other, RunState.DONE, now));
        journal.mark(id, RunState.UNDONE, now);
    }

    private Outcomes apply(JudgedPlan plan, Recording recording, HeldLease lease) {
        ApplySettings settings = new ApplySettings(
                OwnedScope.of(run.mapping()),
                run.policies().failures(),
                run.passwords(),
                run.input().today(),
                run.callbacks(),
                run.storage().recorded(recording).under(lease));
        return new Applier(run.directory(), settings).apply(plan);
    }
}
