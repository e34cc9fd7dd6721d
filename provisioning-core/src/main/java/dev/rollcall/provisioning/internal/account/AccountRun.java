package dev.rollcall.provisioning.internal.account;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.provisioning.internal.journal.Recording;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.plan.PlanOwner;
import dev.rollcall.provisioning.internal.run.HostCallbacks;
import dev.rollcall.provisioning.internal.run.Policies;
import dev.rollcall.provisioning.internal.run.RunInput;
import dev.rollcall.provisioning.internal.run.RunStorage;
import dev.rollcall.provisioning.policy.Enabling;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a run towards an application is made of. Immutable and thread-safe. */
public record AccountRun(
        RunInput input,
        Mapping mapping,
        AccountAccess target,
        Policies policies,
        HostCallbacks callbacks,
        RunStorage storage) {
    /** The same run, holding this lease. */
    public AccountRun under(HeldLease lease) {
        return new AccountRun(input, mapping, target, policies, callbacks, storage.under(lease));
    }

    /** The same run, recorded in this way. */
    public AccountRun recorded(Recording as) {
        return new AccountRun(input, mapping, target, policies, callbacks, storage.recorded(as));
    }

    /** What this makes plans for, and how. */
    public PlanOwner owner() {
        Map<String, String> parts = new TreeMap<>(policies.described());
        parts.put("target", target.name());
        parts.put("policy.fixedAttributes", target.replaces() ? "replace" : "refuse");
        parts.put("mapping", mapping.fingerprint());
        return PlanOwner.of(parts);
    }

    /** Refuses what only a directory has. */
    public void check(boolean passwords) {
        refuse(!mapping.nameAttributes().isEmpty(), "unique names");
        refuse(!mapping.groups().isEmpty(), "groups");
        refuse(passwords, "passwords");
        refuse(policies.leavers().moveTo().isPresent(), "moving leavers");
        refuse(policies.leavers().deleteAfter().isPresent(), "deleting leavers later");
        refuse(policies.enabling() == Enabling.OURS, "telling whose a disable is");
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
        attributes.addAll(target.protectingAttributes().keySet());
        return attributes;
    }
}
