package dev.rollcall.provisioning.internal.spool;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From texts to numbers, in some seventeen bytes for each: texts are kept as 64-bit hashes, so whoever asks compares what
 * the numbers stand for. A text can have several numbers. It is made of many small tables, so that the next size of one is
 * all that is needed at once to grow. Not thread-safe: for one thread at a time, but for reading once all is written.
 */
public final class HashIndex {
    private static final int TABLE_BITS = 6;

    private final @Nullable Table[] tables = new Table[1 << TABLE_BITS];
    private int size;

    public void put(String text, int number) {
        long hash = hash(text);
        int at = (int) (hash >>> (Long.SIZE - TABLE_BITS));
        Table table = tables[at];
        if (table == null) {
            table = new Table();
            tables[at] = table;
        }
        table.put(hash, number);
        size++;
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
        return hash ^ (hash >>> 29);
    }

    /** Those hashes that begin with the same bits, by open addressing. */
    private static final class Table {
        private static final int FREE = -1;
        private static final int[] NONE = {};

        private long[] hashes = new long[4];
        private int[] numbers = new int[4];
        private int size;

        Table() {
            Arrays.fill(numbers, FREE);
        }

        void put(long hash, int number) {
            if ((size + 1) * 5L > hashes.length * 4L) {
                grow();
            }
            insert(hash, number);
            size++;
        }

        boolean has(long hash) {
            for (int slot = slot(hash); numbers[slot] != FREE; slot = next(slot)) {
                if (hashes[slot] == hash) {
                    return true;
                }
            }
            return false;
        }

        int[] numbers(long hash) {
            int[] found = NONE;
            for (int slot = slot(hash); numbers[slot] != FREE; slot = next(slot)) {
                if (hashes[slot] == hash) {
                    found = Arrays.copyOf(found, found.length + 1);
                    found[found.length - 1] = numbers[slot];
                }
            }
            Arrays.sort(found);
            return found;
        }

        private void grow() {
            long[] oldHashes = hashes;
            int[] oldNumbers = numbers;
            hashes = new long[oldHashes.length + oldHashes.length / 2];
            numbers = new int[hashes.length];
            Arrays.fill(numbers, FREE);
            for (int i = 0; i < oldNumbers.length; i++) {
                if (oldNumbers[i] != FREE) {
                    insert(oldHashes[i], oldNumbers[i]);
                }
            }
        }

        private void insert(long hash, int number) {
            int slot = slot(hash);
            while (numbers[slot] != FREE) {
                slot = next(slot);
            }
            hashes[slot] = hash;
            numbers[slot] = number;
        }

        private int slot(long hash) {
            return (int) (((hash & 0xffffffffL) * hashes.length) >>> Integer.SIZE);
        }

        private int next(int slot) {
            return slot + 1 == hashes.length ? 0 : slot + 1;
        }
    }
}
