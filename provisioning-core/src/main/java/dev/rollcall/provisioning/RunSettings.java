package dev.rollcall.provisioning;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run towards a directory is made of. Immutable and thread-safe. */
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
        @Nullable PasswordPolicy passwords) {}
