package dev.rollcall.provisioning.internal.spool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where items are in a spool, by number: eight bytes each, in small arrays. Not thread-safe: for one thread at a time, but
 * for reading once all is written.
 */
public final class Positions {
    private static final int CHUNK = 8 << 10;
    private static final int FIRST_CHUNK = 16;

    private final List<long[]> chunks = new ArrayList<>();
    private int size;

    public void add(long position) {
        int at = size % CHUNK;
        if (at == 0) {
            chunks.add(new long[size == 0 ? FIRST_CHUNK : CHUNK]);
        }
        int last = chunks.size() - 1;
        if (at == chunks.get(last).length) {
            chunks.set(last, Arrays.copyOf(chunks.get(last), Math.min(CHUNK, at * 2)));
        }
        chunks.get(last)[at] = position;
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
        return chunks.get(number / CHUNK)[number % CHUNK];
    }

    public int size() {
        return size;
    }
}
