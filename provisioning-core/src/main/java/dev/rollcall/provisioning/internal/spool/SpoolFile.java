package dev.rollcall.provisioning.internal.spool;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.ResourceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file that only the present user can read. It loses its name at once where the system allows that, so that
 * nothing is left of it if the process dies. Not a FileChannel: that closes itself when its thread is interrupted, which
 * is how a run is cancelled. Thread-safe.
 */
final class SpoolFile implements AutoCloseable {
    /** What is read at once by a caller that goes through the file in order, and by any other. */
    private static final int ONWARD = 32 << 10;

    private static final int ELSEWHERE = 2 << 10;

    static final String REMEDY = "make room there, or set java.io.tmpdir to a folder on another disk";

    private final SpoolDisk disk;
    private final RandomAccessFile file;

    /** What is to be deleted in the end, on a system that keeps the name of an open file. */
    private final @Nullable Path named;

    private byte[] window = new byte[0];
    private long windowStart;
    private int windowSize;
    private long size;

    private SpoolFile(SpoolDisk disk, RandomAccessFile file, @Nullable Path named) {
        this.disk = disk;
        this.file = file;
        this.named = named;
    }

    /** @throws ResourceException if the disk takes no file */
    static SpoolFile create(SpoolDisk disk) {
        try {
            // Created for the present user alone, on every file system that knows users.
            Path path = Files.createTempFile(disk.folder(), "rollcall-", ".spool");
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            return new SpoolFile(disk, file, isUnnamed(path) ? null : path);
        } catch (IOException failed) {
            throw full(disk, "create a temporary file", failed);
        }
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

    /** @throws ResourceException if the disk is full: the file is as long as before */
    synchronized void append(byte[] bytes, int length) {
        try {
            file.seek(size);
            disk.write(file, bytes, length);
            size += length;
        } catch (IOException failed) {
            throw full(disk, "write a temporary file of " + size + " bytes", failed);
        }
    }

    synchronized void read(long position, byte[] into, int offset, int length) {
        try {
            if (length > ONWARD) {
                file.seek(position);
                file.readFully(into, offset, length);
                return;
            }
            if (position < windowStart || position + length > windowStart + windowSize) {
                fill(position, length);
            }
            System.arraycopy(window, (int) (position - windowStart), into, offset, length);
        } catch (IOException failed) {
            throw failure("read", failed);
        }
    }

    private void fill(long position, int length) throws IOException {
        boolean onward = position >= windowStart && position <= windowStart + windowSize;
        int wanted = (int) Math.min(Math.max(length, onward ? ONWARD : ELSEWHERE), size - position);
        if (window.length < wanted) {
            window = new byte[wanted <= ELSEWHERE ? ELSEWHERE : ONWARD];
        }
        windowSize = 0;
        file.seek(position);
        file.readFully(window, 0, wanted);
        windowStart = position;
        windowSize = wanted;
    }

    private static ResourceException full(SpoolDisk disk, String what, IOException failed) {
        String space;
        try {
            space = ", " + (disk.usableSpace() >> 20) + " MB usable";
        } catch (IOException unknown) {
            space = "";
        }
        return new ResourceException(
                Problem.of(
                        "disk-full",
                        "",
                        "cannot " + what + " in " + disk.folder() + space + ": " + failed.getMessage(),
                        REMEDY),
                failed);
    }

    private UncheckedIOException failure(String what, IOException failed) {
        return new UncheckedIOException(
                "cannot " + what + " a temporary file in " + disk.folder() + ": " + failed.getMessage(), failed);
    }

    @Override
    public synchronized void close() {
        window = new byte[0];
        windowSize = 0;
        try {
            file.close();
            if (named != null) {
                Files.deleteIfExists(named);
            }
        } catch (IOException failed) {
            throw failure("close", failed);
        }
    }
}
