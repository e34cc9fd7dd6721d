package dev.rollcall.provisioning.internal.planning;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.records.Selection;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.state.StateStore;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What a run towards a directory is made of. Immutable and thread-safe. */
public record RunSettings(
        SourceAccess source,
        Mapping mapping,
        DirectoryAccess directory,
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
        @Nullable PasswordAccess passwords) {}
