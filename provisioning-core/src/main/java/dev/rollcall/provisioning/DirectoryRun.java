package dev.rollcall.provisioning;

import dev.rollcall.mapping.GroupRule;
import dev.rollcall.provisioning.internal.apply.Applier;
import dev.rollcall.provisioning.internal.apply.ApplySettings;
import dev.rollcall.provisioning.internal.guardrail.FailureLimit;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.planning.Planning;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.internal.records.PlanWatch;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import java.time.LocalDate;

/** Makes a directory agree. Immutable and thread-safe. */
record DirectoryRun(RunSettings run) implements Run {
    @Override
    public Plan plan() {
        return new Planning(run, new PlanWatch(run.cancelled(), run.progress())).plan();
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
        ApplySettings settings = new ApplySettings();
        settings.owned = run.mapping().ownedAttributes();
        settings.groups = run.mapping().groups().stream().map(GroupRule::dn).toList();
        settings.gate = run.gate();
        settings.listeners = run.listeners();
        settings.cancelled = run.cancelled();
        settings.passwords = run.passwords();
        settings.key = run.mapping().key();
        settings.state = run.state();
        settings.memory = run.memory();
        settings.today = LocalDate.now(run.input().clock().withZone(run.input().zone()));
        settings.target = run.directory().stateTarget();
        settings.failures = FailureLimit.of(run.guardrails(), run.allowed());
        return new Applier(run.directory(), settings).apply(plan);
    }
}
