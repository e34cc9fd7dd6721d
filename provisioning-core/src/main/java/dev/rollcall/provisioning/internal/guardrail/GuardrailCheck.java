package dev.rollcall.provisioning.internal.guardrail;

import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.guardrail.Limit;
import dev.rollcall.provisioning.internal.plan.ChangeEntries;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.Guardrail;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds a whole plan against the guardrails. Not thread-safe: for one thread at a time. */
public final class GuardrailCheck {
    /** What the plan is measured by. */
    public record Population(
            int enabled, int all, int unlinked, int records, int keyless, boolean complete, boolean overlooked) {}

    private final Guardrails guardrails;
    private final Set<String> allowed;
    private final boolean matching;
    private final Map<String, Integer> attributes = new TreeMap<>();
    private final Set<String> renamed = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private int modified;
    private int created;
    private Optional<String> useless = Optional.empty();
    private @Nullable VanishedColumns vanished;

    public GuardrailCheck(Guardrails guardrails, Set<String> allowed, boolean matching) {
        this.guardrails = guardrails;
        this.allowed = allowed;
        this.matching = matching;
    }

    /** Takes into account why not one of the records can be used, if so. */
    public void useless(Optional<String> because) {
        useless = because;
    }

    /** Takes into account what the records of a complete read lack. */
    public void vanished(VanishedColumns columns) {
        vanished = columns;
    }

    /** Takes a change into account; in the order of the plan, renames first. Several entries may have one key. */
    public void add(Change change) {
        switch (change.kind()) {
            case DISABLE, DELETE -> ended.add(ChangeEntries.of(change));
            case RENAME, MOVE -> renamed.add(ChangeEntries.of(change));
            case CREATE -> created++;
            case MODIFY -> {
                modified += renamed.contains(ChangeEntries.of(change)) ? 0 : 1;
                for (AttributeChange attribute : change.attributes()) {
                    if (!attribute.removed().isEmpty()) {
                        attributes.merge(attribute.name().toLowerCase(Locale.ROOT), 1, Integer::sum);
                    }
                }
            }
            case LINK, ENABLE, GROUP_ADD, GROUP_REMOVE -> {
                // No guardrail counts these.
            }
        }
    }

    public GuardrailVerdict verdict(Population population) {
        List<Guardrail> tripped = new ArrayList<>();
        int enabled = population.enabled;
        judge(tripped, GuardrailNames.MAX_DISABLE_OR_DELETE, guardrails.maxDisableOrDelete(), ended.size(), enabled);
        judge(tripped, GuardrailNames.MAX_MODIFY, guardrails.maxModify(), modified + renamed.size(), enabled);
        attributes.forEach((name, count) -> judge(
                tripped,
                GuardrailNames.MAX_ATTRIBUTE_CHANGE + ":" + name,
                guardrails.maxAttributeChange(),
                count,
                enabled));
        if (population.all > 0) {
            judge(tripped, GuardrailNames.MAX_CREATE, guardrails.maxCreate(), created, population.all);
        }
        judge(tripped, GuardrailNames.MAX_KEYLESS, guardrails.maxKeyless(), population.keyless, population.records);
        if (population.complete && population.records == 0) {
            add(tripped, new Guardrail(GuardrailNames.EMPTY_SOURCE, "at least 1 record", "0 records", false));
        } else if (useless.isPresent()) {
            String actual = "none of " + population.records + " records can be used, such as: " + useless.get();
            add(tripped, new Guardrail(GuardrailNames.EMPTY_SOURCE, "at least 1 record", actual, false));
        }
        if (created > 0 && population.unlinked >= 20 && !matching) {
            String actual = population.unlinked + " entries without key and no match rule";
            add(tripped, new Guardrail(GuardrailNames.UNLINKED_ENTRIES, "19", actual, false));
        } else if (created > 0 && population.overlooked) {
            String actual = "the filter finds nothing, but the base holds people";
            add(tripped, new Guardrail(GuardrailNames.UNLINKED_ENTRIES, "0", actual, false));
        }
        if (vanished != null && population.complete) {
            vanished.tripped(guardrails.maxAttributeChange(), enabled).forEach(each -> add(tripped, each));
        }
        return GuardrailVerdict.of(decision(tripped), tripped);
    }

    public boolean createsAny() {
        return created > 0;
    }

    private void judge(List<Guardrail> tripped, String name, Limit limit, int actual, int population) {
        if (Limits.trips(limit, actual, population)) {
            add(tripped, Limits.guardrail(limit, name, actual, population, false));
        }
    }

    private void add(List<Guardrail> tripped, Guardrail guardrail) {
        int colon = guardrail.name().indexOf(':');
        boolean let = allowed.contains(guardrail.name())
                || (colon > 0 && allowed.contains(guardrail.name().substring(0, colon)));
        tripped.add(new Guardrail(guardrail.name(), guardrail.limit(), guardrail.actual(), let));
    }

    /** What takes something away can be left out alone only if nothing else is strange about the plan. */
    private GuardrailVerdict.Decision decision(List<Guardrail> tripped) {
        boolean destructive = false;
        boolean other = false;
        for (Guardrail guardrail : tripped) {
            if (!guardrail.allowed()) {
                boolean ending = guardrail.name().equals(GuardrailNames.MAX_DISABLE_OR_DELETE);
                destructive |= ending;
                other |= !ending;
            }
        }
        if (other || (destructive && guardrails.onTrip() == Guardrails.OnTrip.STOP)) {
            return GuardrailVerdict.Decision.STOPPED;
        }
        return destructive ? GuardrailVerdict.Decision.DESTRUCTIVE_BLOCKED : GuardrailVerdict.Decision.PASSED;
    }
}
