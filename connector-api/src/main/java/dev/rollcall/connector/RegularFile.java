package dev.rollcall.connector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens files whose names come from people. Opening a named pipe would wait until another program writes to it, and a
 * device may never end; so both are refused. What a shell hands over under {@code /dev/fd} or as {@code /dev/stdin} is
 * read, pipe or not: its writer runs already. Thread-safe.
 */
public final class RegularFile {
    private RegularFile() {}

    /**
     * Opens a file for reading.
     *
     * @throws IOException if there is no such file, or it is a named pipe, a socket or a device
     */
    public static InputStream open(Path file) throws IOException {
        check(file);
        return Files.newInputStream(file);
    }

    /**
     * Refuses what is there and is no regular file; a name that nothing has yet passes.
     *
     * @throws IOException if it is a directory, a named pipe, a socket or a device; the message does not name it
     */
    public static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        } else if (Files.exists(file) && !Files.isRegularFile(file) && !AtomicFile.isOpenedByProcess(file)) {
            throw new IOException("it is a pipe, a socket or a device, not a regular file");
        }
    }
}
