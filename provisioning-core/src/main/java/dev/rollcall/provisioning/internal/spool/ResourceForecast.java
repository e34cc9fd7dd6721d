package dev.rollcall.provisioning.internal.spool;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.ResourceException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Compares what a run still needs of heap and disk with what there is, and ends it while the reason can be given. A run that
 * fits is never refused: each estimate is the least that the people need, and live bytes are counted by a full collection
 * before memory is called too small. What the estimate misses ends the run when it happens. Not thread-safe: for one thread
 * at a time.
 */
public final class ResourceForecast {
    /** The least that is kept of a record until all are planned: where it is, its key, its place in the order. */
    static final long RECORD_BYTES = 32;

    /** What the JVM, one page and the spools' windows need at any time. */
    static final long RESERVE = 1 << 20;

    /** What is recommended for each person: the most that any of them needs, and half as much for garbage. */
    private static final long GENEROUS = 400;

    private static final long SPOOL_IN_MEMORY = 2 << 20;

    private final Heap heap;
    private final SpoolBudget memory;
    private final long appendedBefore;
    private long people;

    /** Up to this many people, a full collection has said that there is room enough. */
    private long cleared;

    public ResourceForecast(Heap heap, SpoolBudget memory) {
        this.heap = heap;
        this.memory = memory;
        this.appendedBefore = memory.appended();
    }

    /**
     * So many people were read so far; those of the last page are not spooled yet.
     *
     * @param total how many there are in all, if the source says
     * @throws ResourceException if there is no room for the others
     */
    public void read(long read, OptionalLong total) {
        long spooled = people;
        people = Math.max(people, read);
        long others = Math.max(0, total.orElse(read) - read);
        checkHeap(read, others);
        if (spooled > 0 && others > 0) {
            checkDisk((memory.appended() - appendedBefore) / spooled, read, others);
        }
    }

    /**
     * The run goes on with the people that it knows.
     *
     * @throws ResourceException if there is no room for anything more
     */
    public void goesOn(long done) {
        checkHeap(Math.max(people, done), 0);
    }

    private void checkHeap(long known, long others) {
        long needed = others * RECORD_BYTES + RESERVE;
        if (known < cleared || heap.survived() + needed <= heap.max()) {
            return;
        }
        OptionalLong live = heap.live();
        if (live.isEmpty() || live.getAsLong() + needed <= heap.max()) {
            cleared = known + known / 4 + 1;
            return;
        }
        throw new ResourceException(
                Problem.of(
                        "heap-too-small",
                        "",
                        "the heap is too small for " + (known + others) + " people: "
                                + (others > 0 ? "the " + others + " who are still to be read" : "the run") + " need"
                                + (others > 0 ? " at least " : "s at least ") + kilobytes(needed) + ", and "
                                + kilobytes(Math.max(0, heap.max() - live.getAsLong())) + " of "
                                + megabytes(heap.max()) + " are left",
                        remedy(live.getAsLong(), known + others)),
                null);
    }

    /** The records differ in size: the disk is called too small only if half of what is expected is too much for it. */
    private void checkDisk(long bytesEach, long read, long others) {
        long expected = bytesEach * others;
        if (expected / 2 <= SPOOL_IN_MEMORY) {
            return;
        }
        long usable;
        try {
            usable = memory.disk().usableSpace();
        } catch (IOException unknown) {
            return;
        }
        if (expected / 2 - SPOOL_IN_MEMORY > usable) {
            throw new ResourceException(
                    Problem.of(
                            "disk-too-small",
                            "",
                            "the disk of temporary files is too small for " + (read + others) + " people: the " + others
                                    + " who are still to be read need about " + megabytes(expected) + " in "
                                    + memory.disk().folder() + ", and " + megabytes(usable) + " are usable",
                            SpoolFile.REMEDY),
                    null);
        }
    }

    /** {@return what a plan ends with for which memory ran out although that was not foreseen} */
    public ResourceException outOfMemory(OutOfMemoryError full) {
        return new ResourceException(
                Problem.of(
                        "out-of-memory",
                        "",
                        "memory ran out while planning for " + people + " people with a heap of "
                                + megabytes(heap.max()) + ": " + full.getMessage(),
                        remedy(heap.max(), people)),
                full);
    }

    private static String remedy(long live, long people) {
        long wanted = (live + people * GENEROUS) * 4 / 3 >> 20;
        return "nothing was written; give the JVM more memory, such as -Xmx" + (wanted / 64 + 1) * 64 + "m";
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    private static String kilobytes(long bytes) {
        return bytes < 10 << 20 ? (bytes >> 10) + " KB" : megabytes(bytes);
    }
}
