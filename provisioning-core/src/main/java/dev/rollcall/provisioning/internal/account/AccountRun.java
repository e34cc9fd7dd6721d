package dev.rollcall.provisioning.internal.account;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import dev.rollcall.provisioning.guardrail.Guardrails;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** What a run towards an application is made of. Immutable and thread-safe. */
public record AccountRun(
        SourceAccess source,
        Mapping mapping,
        AccountAccess target,
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
        StateStore state) {
    /** What this makes plans for, and how. */
    public PlanOwner owner() {
        return PlanOwner.of(Map.of(
                "target", target.name(),
                "policy.fixedAttributes", target.replaces() ? "replace" : "refuse",
                "mapping", mapping.fingerprint(),
                "policy.leavers", leavers.toString(),
                "policy.categories", categories.toString(),
                "policy.guardrails", guardrails.toString(),
                "policy.enable", enabling.toString(),
                "allowed guardrails", String.join(", ", new TreeSet<>(allowed))));
    }

    /** Refuses what only a directory has. */
    public void check(boolean passwords) {
        refuse(!mapping.nameAttributes().isEmpty(), "unique names");
        refuse(!mapping.groups().isEmpty(), "groups");
        refuse(passwords, "passwords");
        refuse(leavers.moveTo().isPresent(), "moving leavers");
        refuse(leavers.deleteAfter().isPresent(), "deleting leavers later");
        refuse(enabling == Enabling.OURS, "telling whose a disable is");
    }

    private static void refuse(boolean wanted, String what) {
        if (wanted) {
            throw new IllegalArgumentException("the accounts of an application have no " + what);
        }
    }

    /** The attributes that are written. */
    Set<String> written() {
        Set<String> attributes = new LinkedHashSet<>(mapping.readAttributes());
        // An LDAP entry has classes, an account has not.
        attributes.removeIf("objectClass"::equalsIgnoreCase);
        return attributes;
    }

    /** The attributes that are read of every account. */
    Set<String> attributes() {
        Set<String> attributes = written();
        mapping.match().forEach(rule -> attributes.add(rule.attribute()));
        attributes.addAll(target.protectingAttributes());
        return attributes;
    }
}
