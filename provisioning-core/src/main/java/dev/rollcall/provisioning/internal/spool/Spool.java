package dev.rollcall.provisioning.internal.spool;

import dev.rollcall.connector.ResourceException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Items of bytes in the order in which they came: in memory up to a size and as long as a budget that many spools share
 * lasts, in a temporary file beyond. Not thread-safe: for one thread at a time, but for reading once all is written.
 */
public final class Spool implements AutoCloseable {
    /** Far below half a region of any heap: larger arrays are placed apart, and may find no room though much is free. */
    private static final int CHUNK = 64 << 10;

    private static final int FIRST_CHUNK = 1 << 10;

    /** What one spool keeps in memory, so that the first ones leave something to the others. */
    private static final long MOST = 2 << 20;

    private final SpoolBudget budget;
    private final List<byte[]> chunks = new ArrayList<>();

    /** What was taken from the budget. The one chunk of a spool that has a file is not. */
    private long taken;

    /** Where the chunks begin; all before is in the file. */
    private long start;

    private long end;
    private int largest;
    private boolean spilled;
    private @Nullable SpoolFile file;
    private boolean closed;

    public Spool(SpoolBudget budget) {
        this.budget = budget;
    }

    /**
     * Adds an item, and returns where it is.
     *
     * @throws ResourceException if the disk is full, unless the budget {@linkplain SpoolBudget#deferring() defers} that
     */
    public long append(byte[] item) {
        long position = end;
        put(ByteBuffer.allocate(4).putInt(item.length).array());
        put(item);
        largest = Math.max(largest, item.length);
        budget.append(4L + item.length);
        return position;
    }

    /** The item at a place that {@link #append} or {@link #after} told. */
    public byte[] read(long position) {
        return bytes(position + 4, ByteBuffer.wrap(bytes(position, 4)).getInt());
    }

    /** The place after an item. */
    public static long after(long position, byte[] item) {
        return position + 4 + item.length;
    }

    /** Where the next item will be. */
    public long end() {
        return end;
    }

    /** {@return the length of the largest item} */
    public int largest() {
        return largest;
    }

    /** All items in their order, each read when it is taken. */
    public Stream<byte[]> items() {
        Iterator<byte[]> items = new Iterator<>() {
            private long position;

            @Override
            public boolean hasNext() {
                return position < end();
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                byte[] item = read(position);
                position = after(position, item);
                return item;
            }
        };
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private byte[] bytes(long position, int length) {
        byte[] bytes = new byte[length];
        int done = 0;
        if (position < start) {
            SpoolFile spilledTo = file;
            if (spilledTo == null) {
                throw new IllegalStateException("the spool was closed");
            }
            done = (int) Math.min(length, start - position);
            spilledTo.read(position, bytes, 0, done);
        }
        while (done < length) {
            long from = position + done - start;
            int at = (int) (from % CHUNK);
            byte[] chunk = chunks.get((int) (from / CHUNK));
            int part = Math.min(length - done, chunk.length - at);
            System.arraycopy(chunk, at, bytes, done, part);
            done += part;
        }
        return bytes;
    }

    private void put(byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            byte[] chunk = room();
            int at = (int) ((end - start) % CHUNK);
            int part = Math.min(bytes.length - done, chunk.length - at);
            System.arraycopy(bytes, done, chunk, at, part);
            done += part;
            end += part;
        }
    }

    /** The last chunk, with room for a byte at least. */
    private byte[] room() {
        if (closed) {
            throw new IllegalStateException("the spool was closed");
        }
        int filled = (int) (end - start);
        int last = filled / CHUNK;
        if (last < chunks.size() && filled % CHUNK < chunks.get(last).length) {
            return chunks.get(last);
        }
        // The first chunk grows: many spools stay small.
        int present = last < chunks.size() ? chunks.get(last).length : 0;
        int wanted = last > 0 ? CHUNK : Math.min(CHUNK, Math.max(FIRST_CHUNK, present * 2));
        if (!spilled && (end >= MOST || !budget.take(wanted - present))) {
            spilled = true;
        } else if (!spilled) {
            taken += wanted - present;
        }
        return spilled && spill() ? added(wanted) : grown(wanted);
    }

    private byte[] added(int length) {
        byte[] chunk = new byte[length];
        chunks.add(chunk);
        return chunk;
    }

    /** The last chunk, of this length: a new one, or the first one made larger. */
    private byte[] grown(int length) {
        int last = (int) ((end - start) / CHUNK);
        if (last == chunks.size()) {
            return added(length);
        }
        chunks.set(last, Arrays.copyOf(chunks.get(last), length));
        return chunks.get(last);
    }

    /** Writes all chunks to the file; false if the disk is full and the budget defers that. */
    private boolean spill() {
        try {
            while (!chunks.isEmpty()) {
                byte[] chunk = chunks.get(0);
                SpoolFile into = file == null ? SpoolFile.create(budget.disk()) : file;
                file = into;
                int length = (int) Math.min(chunk.length, end - start);
                into.append(chunk, length);
                start += length;
                chunks.remove(0);
            }
        } catch (ResourceException full) {
            if (budget.defers(full)) {
                return false;
            }
            throw full;
        }
        budget.giveBack(taken);
        taken = 0;
        return true;
    }

    /**
     * Ends the writing, and gives the memory back to the budget. What was added can be read as long as somebody has this
     * spool; then its memory is garbage, and its file goes with it.
     */
    public void release() {
        closed = true;
        budget.giveBack(taken);
        taken = 0;
    }

    @Override
    public void close() {
        release();
        chunks.clear();
        start = end;
        SpoolFile spilledTo = file;
        file = null;
        if (spilledTo != null) {
            spilledTo.close();
        }
    }
}
