package dev.rollcall.provisioning.internal.spool;

import dev.rollcall.connector.ResourceException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How many bytes all spools of a reconciler keep in memory together; the rest is in their files. Thread-safe. */
public final class SpoolBudget {
    /** A spool in memory saves little time: the operating system keeps the pages of a small file in memory too. */
    private static final long MOST = 64L << 20;

    private static final int SHARE = 16;

    private final AtomicLong left;
    private final AtomicLong appended;
    private final SpoolDisk disk;

    /** The first write that the disk refused; null where a refused write is thrown. */
    private final @Nullable AtomicReference<@Nullable ResourceException> deferred;

    public SpoolBudget(long bytes) {
        this(bytes, SpoolDisk.ofProcess());
    }

    public SpoolBudget(long bytes, SpoolDisk disk) {
        this(new AtomicLong(Math.max(0, bytes)), new AtomicLong(), disk, null);
    }

    private SpoolBudget(
            AtomicLong left,
            AtomicLong appended,
            SpoolDisk disk,
            @Nullable AtomicReference<@Nullable ResourceException> deferred) {
        this.left = left;
        this.appended = appended;
        this.disk = disk;
        this.deferred = deferred;
    }

    /** {@return the budget in bytes where none was set: a sixteenth of the heap, at most 64 MB} */
    public static long ofHeap() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /**
     * {@return the same budget, for spools that never throw when the disk is full: they keep in memory what they cannot
     * write, until their user looks at {@link #failure()} and stops}
     *
     * <p>While changes are made, items are added as responses arrive. An exception there would lose what the response says.
     */
    public SpoolBudget deferring() {
        return new SpoolBudget(left, appended, disk, new AtomicReference<>());
    }

    /** {@return the first write that the disk refused to a spool of a {@linkplain #deferring() deferring} budget} */
    public Optional<ResourceException> failure() {
        return deferred == null ? Optional.empty() : Optional.ofNullable(deferred.get());
    }

    /** Keeps a failure for later; false if it is to be thrown. */
    boolean defers(ResourceException full) {
        if (deferred == null) {
            return false;
        }
        deferred.compareAndSet(null, full);
        return true;
    }

    /** {@return how many bytes were added to all spools so far, whatever became of them} */
    public long appended() {
        return appended.get();
    }

    void append(long bytes) {
        appended.addAndGet(bytes);
    }

    /** {@return the disk with the files of the spools} */
    public SpoolDisk disk() {
        return disk;
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
