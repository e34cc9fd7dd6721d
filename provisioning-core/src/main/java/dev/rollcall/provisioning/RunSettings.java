package dev.rollcall.provisioning;

import dev.rollcall.mapping.GroupRule;
import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run is made of. Immutable and thread-safe. */
record RunSettings(
        Source source,
        Mapping mapping,
        Directory directory,
        Leavers leavers,
        Categories categories,
        Guardrails guardrails,
        Enabling enabling,
        Set<String> allowed,
        Selection selection,
        MappingInput input,
        long memory,
        ChangeGate gate,
        List<ChangeListener> listeners,
        BooleanSupplier cancelled,
        PlanProgress progress,
        StateStore state,
        @Nullable PasswordPolicy passwords)
        implements Run {
    @Override
    public Plan plan() {
        return new Planning(this, new PlanWatch(cancelled, progress)).plan();
    }

    @Override
    public PlanOwner owner() {
        return Run.owner(mapping, leavers, categories, guardrails, allowed, enabling)
                .and("directory.type", directory.type().toString())
                .and("directory.base", directory.base().toNormalizedString())
                .and("directory.searchBase", directory.searchBase().toNormalizedString())
                .and("directory.filter", directory.filter().toNormalizedString())
                .and(
                        "directory.mark",
                        directory.markAttribute().orElse("") + "="
                                + directory.markValue().orElse(""))
                .and("policy.password", passwords == null ? "" : passwords.toString());
    }

    @Override
    public String server() {
        return directory.server();
    }

    @Override
    public Outcomes apply(Plan plan) {
        Applier.Settings settings = new Applier.Settings();
        settings.owned = mapping.ownedAttributes();
        settings.groups = mapping.groups().stream().map(GroupRule::dn).toList();
        settings.gate = gate;
        settings.listeners = listeners;
        settings.cancelled = cancelled;
        settings.passwords = passwords;
        settings.key = mapping.key();
        settings.state = state;
        settings.target = directory.stateTarget();
        settings.failures = Run.failures(guardrails, allowed);
        return new Applier(directory, settings).apply(plan);
    }
}
