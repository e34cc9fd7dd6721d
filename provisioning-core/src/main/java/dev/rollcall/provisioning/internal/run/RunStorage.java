package dev.rollcall.provisioning.internal.run;

import dev.rollcall.provisioning.internal.journal.Recording;
import dev.rollcall.provisioning.internal.lease.HeldLease;
import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.state.StateStore;

/**
 * Where a run keeps what it knows. Thread-safe.
 *
 * @param memory how many bytes its spools keep in memory together; the rest goes to temporary files
 * @param state what later runs must know
 * @param recording whether and as what a run is recorded
 * @param lease without which nothing is written
 */
public record RunStorage(SpoolBudget memory, StateStore state, Recording recording, HeldLease lease) {
    /** Storage of runs that are not recorded. */
    public RunStorage(SpoolBudget memory, StateStore state) {
        this(memory, state, Recording.off());
    }

    /** Storage of runs that have taken no lease. */
    public RunStorage(SpoolBudget memory, StateStore state, Recording recording) {
        this(memory, state, recording, HeldLease.none());
    }

    /** The same, for runs that are recorded in this way. */
    public RunStorage recorded(Recording as) {
        return new RunStorage(memory, state, as, lease);
    }

    /** The same, for a run that holds this lease. */
    public RunStorage under(HeldLease held) {
        return new RunStorage(memory, state, recording, held);
    }

    /** {@return the same for one apply, whose spools {@linkplain SpoolBudget#deferring() defer} that the disk is full} */
    public RunStorage forApply() {
        return new RunStorage(memory.deferring(), state, recording, lease);
    }
}
