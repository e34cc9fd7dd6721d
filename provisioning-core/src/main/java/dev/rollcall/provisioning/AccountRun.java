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
        PlanProgress progress,
        StateStore state)
        implements Run {
    @Override
    public Plan plan() {
        return new AccountPlanning(this, new PlanWatch(cancelled, progress)).plan();
    }

    @Override
    public PlanOwner owner() {
        return Run.owner(mapping, leavers, categories, guardrails, allowed, enabling)
                .and("target", target.name())
                .and("policy.fixedAttributes", target.replaces() ? "replace" : "refuse");
    }

    @Override
    public String server() {
        return "";
    }

    @Override
    public Outcomes apply(Plan plan) {
        boolean began =
                state.accounts(target.name()).map(StateStore.Accounts::loading).orElse(plan.managed() == 0);
        boolean loading = began && plan.counts().of(ChangeKind.CREATE) > 0;
        // A run about some keys does not know how many accounts there are.
        if (plan.source().isComplete() && loading) {
            state.remember(target.name(), new StateStore.Accounts(plan.managed(), true));
        }
        Outcomes outcomes = new AccountApplier(this, plan).apply();
        if (plan.source().isComplete()) {
            long left = (long) plan.managed()
                    + outcomes.counts().of(ChangeKind.CREATE)
                    - outcomes.counts().of(ChangeKind.DELETE);
            state.remember(target.name(), new StateStore.Accounts(left, loading && outcomes.notTried() > 0));
        }
        return outcomes;
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
