package dev.rollcall.rest.internal.joins;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file that only the present user can read. It loses its name at once where the system allows that, so that
 * nothing is left of it if the process dies. Not a FileChannel: that closes itself when its thread is interrupted, which
 * is how a run is cancelled. Not thread-safe: for one thread at a time.
 */
final class RowFile implements AutoCloseable {
    private final RandomAccessFile file;

    /** What is to be deleted in the end, on a system that keeps the name of an open file. */
    private final @Nullable Path named;

    private long size;

    private RowFile(RandomAccessFile file, @Nullable Path named) {
        this.file = file;
        this.named = named;
    }

    static RowFile create() throws IOException {
        Path path = Files.createTempFile("rollcall-", ".rows");
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new RowFile(file, isUnnamed(path) ? null : path);
    }

    private static boolean isUnnamed(Path path) {
        try {
            Files.delete(path);
            return true;
        } catch (IOException stillOpen) {
            path.toFile().deleteOnExit();
            return false;
        }
    }

    /** How many bytes are in it. */
    long size() {
        return size;
    }

    void append(byte[] bytes, int length) throws IOException {
        file.seek(size);
        file.write(bytes, 0, length);
        size += length;
    }

    /**
     * {@return the bytes from a position on}
     *
     * @throws IOException if the file cannot be read, or is shorter than that
     */
    byte[] read(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(position);
        file.readFully(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (named != null) {
            Files.deleteIfExists(named);
        }
    }
}
