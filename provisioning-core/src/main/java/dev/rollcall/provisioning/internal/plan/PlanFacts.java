package dev.rollcall.provisioning.internal.plan;

import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.source.SourceReading;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a plan says beside its changes. Immutable and thread-safe, but for closing.
 *
 * @param server address and port of the server that was read; empty for an application
 * @param target the application; empty for a directory
 * @param managed how many managed entries were read
 * @param told what was found besides changes
 * @param blocked what the guardrails took out
 * @param blockedChanges the same, change by change
 * @param owner what it was made for and by
 * @param onClose deletes what is kept in files
 */
public record PlanFacts(
        String server,
        String target,
        SourceReading source,
        int managed,
        Findings.Told told,
        GuardrailVerdict guardrails,
        Counts blocked,
        Supplier<Stream<Change>> blockedChanges,
        PlanOwner owner,
        Runnable onClose) {
    /** Of a plan without changes, as the source could not be read. */
    public static PlanFacts unread(String server, String target, SourceReading source, PlanOwner owner) {
        return new PlanFacts(
                server,
                target,
                source,
                0,
                Findings.unused().told(),
                GuardrailVerdict.none(),
                Counts.none(),
                Stream::empty,
                owner,
                () -> {});
    }
}
