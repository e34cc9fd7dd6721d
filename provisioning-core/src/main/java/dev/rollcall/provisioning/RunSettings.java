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
        StateStore state,
        @Nullable PasswordPolicy passwords)
        implements Run {
    @Override
    public Plan plan() {
        return new Planning(this).plan();
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
