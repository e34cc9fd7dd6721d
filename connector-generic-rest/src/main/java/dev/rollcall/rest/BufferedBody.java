package dev.rollcall.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A body of which the beginning was read into memory, and the rest, if there is any, is read as it comes. What was
 * read is let go of. Not thread-safe: for one thread at a time.
 */
final class BufferedBody extends InputStream {
    private static final int CHUNK = 64 << 10;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final InputStream rest;
    private final boolean whole;
    private int lastLength;
    private long count;
    private int position;

    /** Reads at most about {@code limit} bytes of {@code source}. */
    BufferedBody(InputStream source, int limit) throws IOException {
        this.rest = source;
        int total = 0;
        boolean end = false;
        byte[] chunk = new byte[CHUNK / 8];
        while (!end && total < limit) {
            int length = source.readNBytes(chunk, 0, chunk.length);
            end = length < chunk.length;
            if (length > 0) {
                chunks.add(chunk);
                lastLength = length;
                total += length;
                chunk = new byte[CHUNK];
            }
        }
        this.whole = end;
    }

    /** {@return whether all of the body is in memory} */
    boolean isWhole() {
        return whole;
    }

    /** {@return whether there is not a single byte} */
    boolean isEmpty() {
        return whole && chunks.isEmpty();
    }

    /** {@return how many bytes were read from this} */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            int read = whole ? -1 : rest.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }
        int end = chunks.size() == 1 ? lastLength : chunk.length;
        int read = Math.min(length, end - position);
        System.arraycopy(chunk, position, target, offset, read);
        position += read;
        count += read;
        if (position == end) {
            chunks.remove();
            position = 0;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        chunks.clear();
        rest.close();
    }
}
