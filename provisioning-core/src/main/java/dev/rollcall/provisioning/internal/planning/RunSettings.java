package dev.rollcall.provisioning.internal.planning;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.internal.directory.DirectoryAccess;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.policy.PasswordAccess;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.Policies;
import dev.rollcall.provisioning.internal.run.RunInput;
import dev.rollcall.provisioning.internal.run.RunStorage;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run towards a directory is made of. Immutable and thread-safe. */
public record RunSettings(
        RunInput input,
        Mapping mapping,
        DirectoryAccess directory,
        Policies policies,
        @Nullable PasswordAccess passwords,
        HostCallbacks callbacks,
        RunStorage storage) {
    /** What this makes plans for, and how. */
    public PlanOwner owner() {
        Map<String, String> parts = new TreeMap<>(policies.described());
        parts.put("directory.type", directory.kind().toString());
        parts.put("directory.base", directory.base().toNormalizedString());
        parts.put("directory.searchBase", directory.searchBase().toNormalizedString());
        parts.put("directory.filter", directory.filter().toNormalizedString());
        parts.put(
                "directory.mark",
                directory.markAttribute().orElse("") + "="
                        + directory.markValue().orElse(""));
        parts.put("mapping", mapping.fingerprint());
        parts.put("policy.password", passwords == null ? "" : passwords.toString());
        return PlanOwner.of(parts);
    }
}
