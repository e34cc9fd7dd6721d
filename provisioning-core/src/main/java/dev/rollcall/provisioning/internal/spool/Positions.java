package dev.rollcall.provisioning.internal.spool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where items are in a spool, by number: five bytes each, which do for a terabyte, in small arrays. Not thread-safe: for one
 * thread at a time, but for reading once all is written.
 */
public final class Positions {
    private static final int CHUNK = 8 << 10;
    private static final int FIRST_CHUNK = 16;
    private static final long MOST = 1L << 40;

    private final List<int[]> low = new ArrayList<>();
    private final List<byte[]> high = new ArrayList<>();
    private int size;

    public void add(long position) {
        if (position < 0 || position >= MOST) {
            throw new IllegalArgumentException("not a position in a spool: " + position);
        }
        int at = size % CHUNK;
        if (at == 0) {
            low.add(new int[size == 0 ? FIRST_CHUNK : CHUNK]);
            high.add(new byte[size == 0 ? FIRST_CHUNK : CHUNK]);
        }
        int last = low.size() - 1;
        if (at == low.get(last).length) {
            int wanted = Math.min(CHUNK, at * 2);
            low.set(last, Arrays.copyOf(low.get(last), wanted));
            high.set(last, Arrays.copyOf(high.get(last), wanted));
        }
        low.get(last)[at] = (int) position;
        high.get(last)[at] = (byte) (position >>> Integer.SIZE);
        size++;
    }

    /**
     * The position that was added as this number, from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public long get(int number) {
        if (number >= size) {
            throw new IndexOutOfBoundsException(number);
        }
        int chunk = number / CHUNK;
        int at = number % CHUNK;
        return (long) Byte.toUnsignedInt(high.get(chunk)[at]) << Integer.SIZE
                | Integer.toUnsignedLong(low.get(chunk)[at]);
    }

    public int size() {
        return size;
    }
}
