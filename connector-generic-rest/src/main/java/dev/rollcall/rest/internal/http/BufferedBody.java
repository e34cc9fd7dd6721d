package dev.rollcall.rest.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A body that is read as it comes, and of which more can be read ahead into memory. What was read is let go of. Not
 * thread-safe: for one thread at a time.
 */
public final class BufferedBody extends InputStream {
    private static final int CHUNK = 64 << 10;

    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private final InputStream rest;
    private boolean restEnded;
    private long count;

    public BufferedBody(InputStream source) throws IOException {
        this.rest = source;
        byte[] first = rest.readNBytes(1);
        keep(first, first.length);
    }

    /**
     * Reads about {@code limit} bytes into memory, so that a connection that breaks within them is noticed now.
     */
    public void readAhead(int limit) throws IOException {
        int total = 0;
        while (!restEnded && total < limit) {
            byte[] chunk = new byte[CHUNK];
            int length = rest.readNBytes(chunk, 0, CHUNK);
            keep(chunk, length);
            restEnded = length < CHUNK;
            total += length;
        }
    }

    private void keep(byte[] bytes, int length) {
        if (length == 0) {
            restEnded = true;
        } else {
            chunks.add(ByteBuffer.wrap(bytes, 0, length));
        }
    }

    /** {@return whether there is not a single byte} */
    public boolean isEmpty() {
        return count == 0 && chunks.isEmpty() && restEnded;
    }

    /** {@return how many bytes were read from this} */
    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        ByteBuffer chunk = chunks.peek();
        if (chunk == null) {
            int read = restEnded ? -1 : rest.read(target, offset, length);
            restEnded |= read < 0;
            count += Math.max(0, read);
            return read;
        }
        int read = Math.min(length, chunk.remaining());
        chunk.get(target, offset, read);
        count += read;
        if (!chunk.hasRemaining()) {
            chunks.remove();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        chunks.clear();
        restEnded = true;
        rest.close();
    }
}
