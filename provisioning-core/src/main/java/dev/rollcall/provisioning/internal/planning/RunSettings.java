package dev.rollcall.provisioning.internal.planning;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.records.Selection;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.policy.Categories;
import dev.rollcall.provisioning.policy.ChangeGate;
import dev.rollcall.provisioning.policy.ChangeListener;
import dev.rollcall.provisioning.policy.Enabling;
import dev.rollcall.provisioning.policy.Leavers;
import dev.rollcall.provisioning.policy.PlanProgress;
import dev.rollcall.provisioning.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
        SpoolBudget memory,
        ChangeGate gate,
        List<ChangeListener> listeners,
        BooleanSupplier cancelled,
        PlanProgress progress,
        StateStore state,
        @Nullable PasswordAccess passwords) {
    /** What this makes plans for, and how. */
    public PlanOwner owner() {
        return PlanOwner.of(Map.ofEntries(
                Map.entry("directory.type", directory.kind().toString()),
                Map.entry("directory.base", directory.base().toNormalizedString()),
                Map.entry("directory.searchBase", directory.searchBase().toNormalizedString()),
                Map.entry("directory.filter", directory.filter().toNormalizedString()),
                Map.entry(
                        "directory.mark",
                        directory.markAttribute().orElse("") + "="
                                + directory.markValue().orElse("")),
                Map.entry("mapping", mapping.fingerprint()),
                Map.entry("policy.leavers", leavers.toString()),
                Map.entry("policy.categories", categories.toString()),
                Map.entry("policy.guardrails", guardrails.toString()),
                Map.entry("policy.enable", enabling.toString()),
                Map.entry("policy.password", passwords == null ? "" : passwords.toString()),
                Map.entry("allowed guardrails", String.join(", ", new TreeSet<>(allowed)))));
    }
}
