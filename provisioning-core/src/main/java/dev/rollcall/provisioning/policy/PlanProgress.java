package dev.rollcall.provisioning.policy;

import dev.rollcall.provisioning.Reconciler;
import java.util.OptionalLong;

/**
 * Told how far {@link Reconciler#plan()} is, on the thread that called it: after each page of the source, and about every
 * thousand entries. An exception that it throws ends the planning and reaches the caller of {@code plan()}; nothing is
 * left open then. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PlanProgress {
    /** What {@code plan()} does, in this order. */
    enum Phase {
        /** Reads the records of the source. */
        READING,
        /** Reads the entries of the directory, or the accounts of the application. */
        SCANNING,
        /** Decides what becomes of each record. */
        PLANNING
    }

    /**
     * Some more is done.
     *
     * @param phase never null
     * @param done how many records, entries or accounts so far
     * @param total how many there are in all, where that is known: while reading, the total that the application reports;
     *     while scanning, it is known at the end; while planning, it is the number of records
     */
    void progress(Phase phase, long done, OptionalLong total);
}
