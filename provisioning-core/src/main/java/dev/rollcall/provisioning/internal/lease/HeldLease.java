package dev.rollcall.provisioning.internal.lease;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.RunLease;
import dev.rollcall.provisioning.state.StateException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease as a run holds it. It is renewed after a third of its length, and nothing is sent after two thirds: the last third is
 * for what is on its way, and for clocks that differ. Time is monotonic, as a process may sleep, and clocks are set. Thread-safe.
 */
public final class HeldLease implements RunLease {
    private static final Logger LOG = LoggerFactory.getLogger(HeldLease.class);
    private static final int PARTS = 3;

    /** How often a renewal that failed is tried again within the length. */
    private static final int TRIES = 12;

    private final String what;
    private final Leases.@Nullable Lease lease;
    private final LongSupplier nanoTime;
    private final long length;
    private long renewed;
    private long tried;
    private boolean lost;
    private @Nullable RollcallException failure;

    /**
     * @param what the directory and base, or the application
     * @param lease what was taken; null where several runs may write
     * @param nanoTime the monotonic clock
     * @param asked when the lease was asked for, by that clock
     */
    HeldLease(String what, Leases.@Nullable Lease lease, LongSupplier nanoTime, long asked) {
        this.what = what;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.length = lease == null ? 0 : lease.length().toNanos();
        this.renewed = asked;
        this.tried = asked;
    }

    /** A lease that is never lost, for a store without leases. */
    public static HeldLease none() {
        return new HeldLease("", null, () -> 0, 0);
    }

    /** Renews it when it is time. Returns whether something may be sent now. */
    public synchronized boolean keep() {
        if (lease == null) {
            return true;
        }
        if (!lost) {
            long now = nanoTime.getAsLong();
            boolean late = now - renewed >= length / PARTS * 2;
            boolean due = now - renewed >= length / PARTS && (now - tried >= length / TRIES || tried == renewed);
            if (late || due) {
                renew(lease);
            }
            // Asked once more: the renewal itself may have taken long.
            lost = lost || nanoTime.getAsLong() - renewed >= length / PARTS * 2;
        }
        return !lost;
    }

    private void renew(Leases.Lease held) {
        long before = nanoTime.getAsLong();
        try {
            if (held.renew()) {
                renewed = before;
                failure = null;
            } else {
                lost = true;
            }
        } catch (RollcallException failed) {
            failure = failed;
        }
        tried = before;
    }

    /**
     * Renews it when it is time.
     *
     * @throws StateException if nothing may be sent any more
     */
    public void check() {
        if (!keep()) {
            throw why();
        }
    }

    /** Why nothing may be sent any more. */
    public synchronized StateException why() {
        RollcallException failed = failure;
        String because = failed == null
                ? "another run has taken over, since this one was silent for too long"
                : "it could not be renewed: " + failed.problem().message();
        return new StateException(
                FailureKind.UNAVAILABLE,
                Problem.of(
                        "lease-lost",
                        "state",
                        "the lease for " + what + " was lost: " + because,
                        "run again: the next run finds out which of these changes were made"),
                failed);
    }

    @Override
    public void close() {
        try {
            if (lease != null) {
                lease.close();
            }
        } catch (RollcallException failed) {
            LOG.warn("The lease for {} ends by itself, as it could not be given back: {}", what, failed.getMessage());
        }
    }
}
