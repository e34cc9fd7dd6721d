package dev.rollcall.provisioning;

import dev.rollcall.mapping.Mapping;
import dev.rollcall.mapping.entry.MappingInput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What a run towards an application is made of. Immutable and thread-safe. */
record AccountRun(
        Source source,
        Mapping mapping,
        AccountTarget target,
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
        StateStore state)
        implements Run {
    @Override
    public Plan plan() {
        return new AccountPlanning(this).plan();
    }

    @Override
    public Outcomes apply(Plan plan) {
        return new AccountApplier(this, plan).apply();
    }

    /** Refuses what only a directory has. */
    void check(boolean passwords) {
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
        return attributes;
    }
}
