package dev.rollcall.provisioning.internal.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Items of bytes, kept in memory up to a size and in a temporary file above it. Only the present user can read the
 * file, and it has no name on disk any more where the system allows that, so that nothing is left of it if the process
 * dies. Not thread-safe: for one thread at a time, but for reading once all is written.
 */
public final class Spool implements AutoCloseable {
    private static final int MEGABYTE = 1 << 20;

    private final long memory;
    private byte[] tail = new byte[1024];
    private int tailSize;
    private long tailStart;
    private @Nullable FileChannel file;

    /** A spool that keeps up to {@code memory} bytes in memory. */
    public Spool(long memory) {
        this.memory = Math.min(memory, Integer.MAX_VALUE / 2);
    }

    /** Adds an item, and tells where it is. */
    public long append(byte[] item) {
        long limit = file == null ? memory : MEGABYTE;
        if (tailSize > 0 && tailSize + 4L + item.length > limit) {
            flush();
        }
        long position = tailStart + tailSize;
        int needed = tailSize + 4 + item.length;
        if (needed > tail.length) {
            tail = Arrays.copyOf(tail, Math.max(needed, tail.length * 2));
        }
        ByteBuffer.wrap(tail, tailSize, 4).putInt(item.length);
        System.arraycopy(item, 0, tail, tailSize + 4, item.length);
        tailSize += 4 + item.length;
        return position;
    }

    /** The item at a place that {@link #append} or {@link #after} told. */
    public byte[] read(long position) {
        int length = ByteBuffer.wrap(bytes(position, 4)).getInt();
        return bytes(position + 4, length);
    }

    /** The place after an item. */
    public static long after(long position, byte[] item) {
        return position + 4 + item.length;
    }

    /** Where the next item will be. */
    public long end() {
        return tailStart + tailSize;
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
        if (position >= tailStart) {
            int from = (int) (position - tailStart);
            return Arrays.copyOfRange(tail, from, from + length);
        }
        FileChannel channel = file;
        if (channel == null) {
            throw new IllegalStateException("the spool was closed");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new IllegalStateException("the spool ends early");
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read a temporary file", failed);
        }
        return buffer.array();
    }

    private void flush() {
        try {
            FileChannel channel = file;
            if (channel == null) {
                // Created for the present user alone, on every file system that knows users.
                Path path = Files.createTempFile("rollcall-", ".spool");
                channel = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                file = channel;
            }
            ByteBuffer buffer = ByteBuffer.wrap(tail, 0, tailSize);
            long at = tailStart;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            tailStart += tailSize;
            tailSize = 0;
            if (tail.length > 2 * MEGABYTE) {
                tail = new byte[MEGABYTE];
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write a temporary file", failed);
        }
    }

    @Override
    public void close() {
        tail = new byte[0];
        FileChannel channel = file;
        if (channel != null) {
            file = null;
            try {
                channel.close();
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot close a temporary file", failed);
            }
        }
    }
}
