package dev.rollcall.provisioning.internal.spool;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Short texts by number, as bytes: a key of eight characters takes 17 bytes, where a String takes 60. A text is made anew each
 * time that it is asked for. Not thread-safe: for one thread at a time, but for reading once all is written.
 */
public final class PackedTexts {
    private static final int CHUNK = 64 << 10;
    private static final int FIRST_CHUNK = 256;

    private final List<byte[]> chunks = new ArrayList<>();
    private final Positions positions = new Positions();

    /** How much of the last chunk is used. */
    private int used;

    public void add(String text) {
        byte[] item = new ItemWriter().text(text).item();
        byte[] chunk = room(item.length);
        positions.add((long) (chunks.size() - 1) * CHUNK + used);
        System.arraycopy(item, 0, chunk, used, item.length);
        used += item.length;
    }

    private byte[] room(int length) {
        if (chunks.size() == 1 && used + length > chunks.get(0).length && used + length <= CHUNK) {
            // The first chunk grows: most lists are short.
            int wanted = Math.min(CHUNK, Math.max(used + length, chunks.get(0).length * 2));
            chunks.set(0, Arrays.copyOf(chunks.get(0), wanted));
        }
        if (chunks.isEmpty() || used + length > chunks.get(chunks.size() - 1).length) {
            chunks.add(new byte[Math.max(length, chunks.isEmpty() ? FIRST_CHUNK : CHUNK)]);
            used = 0;
        }
        return chunks.get(chunks.size() - 1);
    }

    /**
     * The text that was added as this number, from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public String get(int number) {
        long position = positions.get(number);
        return new ItemReader(chunks.get((int) (position / CHUNK)), (int) (position % CHUNK)).text();
    }

    public int size() {
        return positions.size();
    }

    /** {@return all of them, in the order in which they were added} */
    public List<String> list() {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return PackedTexts.this.get(index);
            }

            @Override
            public int size() {
                return PackedTexts.this.size();
            }
        };
    }
}
