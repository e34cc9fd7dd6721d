package dev.rollcall.provisioning.internal.planning;

import dev.rollcall.provisioning.internal.plan.Findings;
import dev.rollcall.provisioning.internal.records.SourceRecords;

/**
 * What a plan is made from: both sides as they were read, and what was found so far. Not thread-safe: for one thread at a
 * time.
 *
 * @param searchBaseLookup the entries of the directory that are not managed
 */
record PlanInput(
        RunSettings run,
        SourceRecords records,
        ManagedEntries managed,
        SearchBaseLookup searchBaseLookup,
        Findings findings) {}
