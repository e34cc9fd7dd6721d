package dev.rollcall.provisioning;

/** Makes the accounts of an application agree. Immutable and thread-safe. */
record AccountRuns(AccountRun run) implements Run {
    @Override
    public Plan plan() {
        return new AccountPlanning(run).plan();
    }

    @Override
    public Outcomes apply(Plan plan) {
        return new AccountApplier(run, plan).apply();
    }
}
