package dev.rollcall.connector;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Replaces a file as a whole: after {@link #write} the file has the new content on disk; after a failure, a full disk
 * among them, or a crash it has the old one. Only the present user can read it, where the system knows users. Thread-safe.
 *
 * <p>A symbolic or hard link of that name is replaced, and what it leads to is never written. A pipe or a device is
 * written to as it is.
 */
public final class AtomicFile {
    private static final Path PROCESSES = Path.of("/proc");

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it; closing the stream is allowed and has no effect.
         *
         * @throws IOException if that fails, which leaves the file as it was
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces or creates a file.
     *
     * @throws IOException if its folder does not exist, or the content cannot be written
     */
    public static void write(Path file, Content content) throws IOException {
        Objects.requireNonNull(content, "content");
        if (isWrittenInPlace(file)) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                content.writeTo(new Unclosed(out));
            }
            return;
        }
        Path target = file.toAbsolutePath();
        Path folder = Objects.requireNonNullElse(target.getParent(), target);
        Path fresh = Files.createTempFile(folder, ".rollcall-", ".new", ownerOnly(folder));
        boolean moved = false;
        try {
            // Not a channel, which closes itself if the thread is interrupted: a report is written of a cancelled run
            // too.
            try (FileOutputStream written = new FileOutputStream(fresh.toFile())) {
                OutputStream out = new BufferedOutputStream(written);
                content.writeTo(new Unclosed(out));
                out.flush();
                written.getFD().sync();
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            moved = true;
        } finally {
            if (!moved) {
                fresh.toFile().delete(); // if that fails, the failure before it is the one to throw
            }
        }
        synchronize(folder);
    }

    /** Renaming would replace a device by a file; {@code /dev/stdout} is a link into {@code /proc}, whatever is behind it. */
    private static boolean isWrittenInPlace(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        boolean device = !Files.isRegularFile(file) && !Files.isDirectory(file);
        return device || isOpenedByProcess(file);
    }

    /** Whether it is one of the files that a process has open, such as {@code /dev/stdin}. */
    static boolean isOpenedByProcess(Path file) throws IOException {
        return isOfProcess(file) || (Files.isSymbolicLink(file) && isOfProcess(Files.readSymbolicLink(file)));
    }

    private static boolean isOfProcess(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.exists(folder) && folder.toRealPath().startsWith(PROCESSES);
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes the new name last through a crash of the system, where a folder can be opened. */
    private static void synchronize(Path folder) {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folder; the content is on disk, and the file has its name.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writers of JSON and LDIF close what they write to, and the file is synchronized after them. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
