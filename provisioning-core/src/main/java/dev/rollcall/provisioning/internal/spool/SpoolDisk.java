package dev.rollcall.provisioning.internal.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk that has the files of spools. Implementations are thread-safe. */
public interface SpoolDisk {
    /** {@return the disk with the temporary files of this process, as {@code java.io.tmpdir} says} */
    static SpoolDisk ofProcess() {
        return new TemporaryFolder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** {@return the folder in which the files are} */
    Path folder();

    /**
     * {@return how many bytes this process can still write there}
     *
     * @throws IOException if the system does not say
     */
    long usableSpace() throws IOException;

    /**
     * Writes bytes at the present position of a file.
     *
     * @throws IOException if the disk is full
     */
    void write(RandomAccessFile file, byte[] bytes, int length) throws IOException;

    /** A folder of the file system. Immutable and thread-safe. */
    record TemporaryFolder(Path folder) implements SpoolDisk {
        @Override
        public long usableSpace() throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }

        @Override
        public void write(RandomAccessFile file, byte[] bytes, int length) throws IOException {
            file.write(bytes, 0, length);
        }
    }
}
