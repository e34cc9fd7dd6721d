package dev.rollcall.provisioning.internal.undo;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.guardrail.GuardrailName;
import dev.rollcall.provisioning.internal.directory.Entries;
import dev.rollcall.provisioning.internal.guardrail.Blocking;
import dev.rollcall.provisioning.internal.guardrail.GuardrailCheck;
import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.plan.JudgedPlan;
import dev.rollcall.provisioning.internal.plan.PlanFacts;
import dev.rollcall.provisioning.internal.plan.PlanSummary;
import dev.rollcall.provisioning.internal.plan.RemainingChanges;
import dev.rollcall.provisioning.internal.planning.RunSettings;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.source.SourceReading;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Holds an undo against the guardrails, as any plan. Not thread-safe: for one thread at a time. */
final class UndoMeasure {
    private final RunSettings run;
    private final Findings findings;
    private final String undone;
    private int all;
    private int keyed;
    private int managed;
    private int enabled;

    UndoMeasure(RunSettings run, Findings findings, String undone) {
        this.run = run;
        this.findings = findings;
        this.undone = undone;
    }

    Plan judged(List<DirectoryChange> changes) {
        count();
        GuardrailCheck check = new GuardrailCheck(
                run.policies().guardrails(),
                run.policies().allowed(),
                !run.mapping().match().isEmpty(),
                run.mapping().key().attribute());
        Findings.Told told = findings.told();
        check.conflicts(told.conflicts());
        check.members(this::members);
        for (DirectoryChange change : changes) {
            // Enabling again whom a run disabled is what an undo is for.
            if (!change.isTemporary() && change.kind() != ChangeKind.ENABLE) {
                check.add(change);
            }
        }
        int records = Math.max(changes.size(), 1);
        GuardrailVerdict verdict =
                check.verdict(new GuardrailCheck.Population(enabled, managed, keyed, all, 0, records, 0, false, false));
        Supplier<Stream<Change>> planned = () -> changes.stream().map(change -> change);
        Supplier<Stream<Change>> left = switch (verdict.decision()) {
            case PASSED -> planned;
            case STOPPED -> Stream::empty;
            case REDUCED -> new RemainingChanges(planned, change -> isBlocked(verdict, change))::changes;
        };
        PlanSummary before = PlanSummary.of(planned);
        PlanSummary after = PlanSummary.of(left);
        PlanFacts facts = new PlanFacts(
                run.directory().server(),
                "",
                SourceReading.part(0, "an undo reads no source"),
                managed,
                told,
                verdict,
                PlanSummary.difference(before.counts(), after.counts()),
                () -> planned.get()
                        .filter(change -> verdict.decision() == GuardrailVerdict.Decision.STOPPED
                                || (verdict.decision() == GuardrailVerdict.Decision.REDUCED
                                        && isBlocked(verdict, change))),
                run.owner(),
                findings::close);
        return JudgedPlan.of(facts, left, after).undoing(undone);
    }

    /** A modification that clears attributes beside others is left out as a whole: what is half undone is hard to tell. */
    private static boolean isBlocked(GuardrailVerdict verdict, Change change) {
        boolean many = verdict.blocks(GuardrailName.MAX_CONFLICTS);
        return many || new Blocking(verdict).taken(change) != null;
    }

    private void count() {
        String keyAttribute = run.mapping().key().attribute();
        run.directory().scan(Set.of(keyAttribute), entry -> {
            all++;
            if (!Entries.values(entry, keyAttribute).isEmpty()) {
                keyed++;
                if (isOurs(entry)) {
                    managed++;
                    enabled += run.directory().isEnabled(entry) ? 1 : 0;
                }
            }
        });
    }

    private boolean isOurs(ReadOnlyEntry entry) {
        return run.directory().protectedBecause(entry).isEmpty()
                && run.directory().ownedByOther(entry).isEmpty();
    }

    private int members(DN group) {
        return run.directory()
                .find(group, Set.of("member", "uniqueMember"))
                .map(entry -> Entries.present(entry, "member").size()
                        + Entries.present(entry, "uniqueMember").size())
                .orElse(0);
    }
}
