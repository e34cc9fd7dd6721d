package dev.rollcall.provisioning.internal.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The disk of this process with a limit of its own, as a small file system has one. Thread-safe. */
public class FullDisk implements SpoolDisk {
    private final SpoolDisk real = SpoolDisk.ofProcess();
    private final AtomicLong room;

    /** @param bytes how many bytes can be written in all; what is freed later does not count */
    public FullDisk(long bytes) {
        this.room = new AtomicLong(bytes);
    }

    @Override
    public Path folder() {
        return real.folder();
    }

    @Override
    public long usableSpace() {
        return Math.max(0, room.get());
    }

    @Override
    public void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
        if (room.addAndGet(-length) < 0) {
            throw new IOException("No space left on device");
        }
        real.write(file, bytes, length);
    }
}
