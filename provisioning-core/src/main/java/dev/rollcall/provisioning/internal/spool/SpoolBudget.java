package dev.rollcall.provisioning.internal.spool;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all spools of a reconciler keep in memory together; the rest is in their files. Thread-safe. */
public final class SpoolBudget {
    /** A spool in memory saves little time: the operating system keeps the pages of a small file in memory too. */
    private static final long MOST = 64L << 20;

    private static final int SHARE = 16;

    private final AtomicLong left;

    public SpoolBudget(long bytes) {
        this.left = new AtomicLong(Math.max(0, bytes));
    }

    /** {@return the budget in bytes where none was set: a sixteenth of the heap, at most 64 MB} */
    public static long ofHeap() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** Takes bytes, if so many are left. */
    boolean take(int bytes) {
        long before = left.get();
        while (before >= bytes) {
            if (left.compareAndSet(before, before - bytes)) {
                return true;
            }
            before = left.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    /** {@return how many bytes no spool has taken} */
    long left() {
        return left.get();
    }
}
