package dev.rollcall.provisioning.internal.run;

import dev.rollcall.provisioning.internal.spool.SpoolBudget;
import dev.rollcall.provisioning.state.StateStore;

/**
 * Where a run keeps what it knows. Thread-safe.
 *
 * @param memory how many bytes its spools keep in memory together; the rest goes to temporary files
 * @param state what later runs must know
 */
public record RunStorage(SpoolBudget memory, StateStore state) {
    /** {@return the same for one apply, whose spools {@linkplain SpoolBudget#deferring() defer} that the disk is full} */
    public RunStorage forApply() {
        return new RunStorage(memory.deferring(), state);
    }
}
