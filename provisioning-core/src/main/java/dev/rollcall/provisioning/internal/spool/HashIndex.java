package dev.rollcall.provisioning.internal.spool;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From texts to numbers, in some sixteen bytes for each: texts are kept as 64-bit hashes, so the caller compares what
 * the numbers stand for. A text can have several numbers. It is made of many small tables, so that the next size of one is
 * all that is needed at once to grow. Not thread-safe: for one thread at a time, but for reading once all is written.
 */
public final class HashIndex {
    private static final int TABLE_BITS = 6;

    private final @Nullable Table[] tables = new Table[1 << TABLE_BITS];
    private final boolean numbered;
    private int size;

    public HashIndex() {
        this(true);
    }

    private HashIndex(boolean numbered) {
        this.numbered = numbered;
    }

    /** {@return an index that knows only which texts there are, in some eleven bytes for each; nothing is put, but added} */
    public static HashIndex ofTexts() {
        return new HashIndex(false);
    }

    public void put(String text, int number) {
        long hash = hash(text);
        int at = (int) (hash >>> (Long.SIZE - TABLE_BITS));
        Table table = tables[at];
        if (table == null) {
            table = new Table(numbered);
            tables[at] = table;
        }
        table.put(hash, number);
        size++;
    }

    /**
     * Adds a text, unless it is there; returns whether it was added. Of a million texts two are taken for one in one of thirty
     * million cases, which does for counting.
     */
    public boolean add(String text) {
        boolean isNew = !mayHave(text);
        if (isNew) {
            put(text, size);
        }
        return isNew;
    }

    /** Tells every number whose text has the hash of this one, smallest first. */
    public void each(String text, IntConsumer each) {
        long hash = hash(text);
        Table table = table(hash);
        if (table != null) {
            for (int number : table.numbers(hash)) {
                each.accept(number);
            }
        }
    }

    public boolean mayHave(String text) {
        long hash = hash(text);
        Table table = table(hash);
        return table != null && table.has(hash);
    }

    public int size() {
        return size;
    }

    private @Nullable Table table(long hash) {
        return tables[(int) (hash >>> (Long.SIZE - TABLE_BITS))];
    }

    public static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash; // 0 is a free slot
    }

    /** Those hashes that begin with the same bits, by open addressing. */
    private static final class Table {
        private static final long FREE = 0;

        /** So much of a table is used at most, and two thirds of it at least: it grows by a quarter. */
        private static final long MOST_FULL = 17;

        private static final long MOST_PARTS = 20;
        private static final int[] NONE = {};

        private long[] hashes = new long[4];

        /** Null in an index without numbers. */
        private int @Nullable [] numbers;

        private int size;

        Table(boolean numbered) {
            numbers = numbered ? new int[4] : null;
        }

        void put(long hash, int number) {
            if ((size + 1) * MOST_PARTS > (long) hashes.length * MOST_FULL) {
                grow();
            }
            insert(hash, number);
            size++;
        }

        boolean has(long hash) {
            for (int slot = slot(hash); hashes[slot] != FREE; slot = next(slot)) {
                if (hashes[slot] == hash) {
                    return true;
                }
            }
            return false;
        }

        int[] numbers(long hash) {
            int[] all = numbers;
            if (all == null) {
                throw new IllegalStateException("this index has no numbers");
            }
            int[] found = NONE;
            for (int slot = slot(hash); hashes[slot] != FREE; slot = next(slot)) {
                if (hashes[slot] == hash) {
                    found = Arrays.copyOf(found, found.length + 1);
                    found[found.length - 1] = all[slot];
                }
            }
            Arrays.sort(found);
            return found;
        }

        private void grow() {
            long[] oldHashes = hashes;
            int[] oldNumbers = numbers;
            hashes = new long[oldHashes.length + oldHashes.length / 4 + 1];
            numbers = oldNumbers == null ? null : new int[hashes.length];
            for (int i = 0; i < oldHashes.length; i++) {
                if (oldHashes[i] != FREE) {
                    insert(oldHashes[i], oldNumbers == null ? 0 : oldNumbers[i]);
                }
            }
        }

        private void insert(long hash, int number) {
            int slot = slot(hash);
            while (hashes[slot] != FREE) {
                slot = next(slot);
            }
            hashes[slot] = hash;
            if (numbers != null) {
                numbers[slot] = number;
            }
        }

        private int slot(long hash) {
            return (int) (((hash & 0xffffffffL) * hashes.length) >>> Integer.SIZE);
        }

        private int next(int slot) {
            return slot + 1 == hashes.length ? 0 : slot + 1;
        }
    }
}
