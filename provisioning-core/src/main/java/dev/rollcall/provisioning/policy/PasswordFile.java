package dev.rollcall.provisioning.policy;

import dev.rollcall.connector.RegularFile;
import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.internal.file.LaterInterrupt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords in a CSV file with mode 0600. Several programs may share it: the one that writes holds a lock on the file, and
 * lines are only added. Thread-safe.
 */
final class PasswordFile implements PasswordDelivery {
    private record Line(long start, long password, int length) {}

    /** All of one width, so that a status can be written over another without moving the file about. */
    private static final String PREPARED = "prepared ";

    private static final String CONFIRMED = "confirmed";
    private static final String CANCELLED = "cancelled";
    private static final long PAUSE = 10_000_000;
    private static final String HEADER = "status,key,dn,password\n";

    private static final String QUOTED = "\"((?:[^\"]++|\"\")*+)\"";
    private static final Pattern LINE = Pattern.compile("(?m)^(" + PREPARED + "|" + CONFIRMED + "|" + CANCELLED + "),"
            + QUOTED + "," + QUOTED + ",(?:" + QUOTED + "| *)\n");

    private final Path file;
    private final Map<String, Line> open = new HashMap<>();

    PasswordFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void prepare(String key, String dn, Secret password) {
        String before = PREPARED + "," + quoted(key) + "," + quoted(dn) + ",";
        String quoted = quoted(password.reveal());
        try {
            LaterInterrupt.run(() -> append(key, before, quoted));
        } catch (IOException failed) {
            throw new UncheckedIOException("the password of " + key + " cannot be kept in " + file, failed);
        }
    }

    private void append(String key, String before, String quoted) throws IOException {
        try (FileChannel channel = channel();
                FileLock lock = lock(channel)) {
            long start = end(channel);
            byte[] head = before.getBytes(StandardCharsets.UTF_8);
            byte[] secret = quoted.getBytes(StandardCharsets.UTF_8);
            try {
                write(channel, start, before + quoted + "\n");
                channel.force(true);
            } catch (IOException failed) {
                channel.truncate(start); // half a line would make the next one unreadable
                throw failed;
            }
            open.put(key, new Line(start, start + head.length, secret.length));
            lock.release();
        }
    }

    @Override
    public synchronized List<Prepared> prepared() {
        if (!Files.exists(file)) {
            return List.of();
        }
        Map<String, Prepared> last = new LinkedHashMap<>();
        try {
            RegularFile.check(file);
            // One character for each byte, so that places in the text are places in the file.
            Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (line.find()) {
                String key = unquoted(line.group(2));
                last.remove(key);
                if (line.group(1).equals(PREPARED) && line.group(4) != null) {
                    last.put(key, new Prepared(key, unquoted(line.group(3)), Secret.of(unquoted(line.group(4)))));
                    open.put(key, new Line(line.start(), line.start(4) - 1, line.end(4) - line.start(4) + 2));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the passwords in " + file + " cannot be read", failed);
        }
        return List.copyOf(last.values());
    }

    private static String unquoted(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).replace("\"\"", "\"");
    }

    @Override
    public synchronized void confirm(String key) {
        end(key, CONFIRMED, false);
    }

    @Override
    public synchronized void cancel(String key) {
        end(key, CANCELLED, true);
    }

    private void end(String key, String status, boolean wipe) {
        Line line = open.remove(key);
        if (line == null) {
            return;
        }
        try {
            LaterInterrupt.run(() -> end(line, key, status, wipe));
        } catch (IOException failed) {
            throw new UncheckedIOException("the status of " + key + " cannot be written to " + file, failed);
        }
    }

    private void end(Line line, String key, String status, boolean wipe) throws IOException {
        try (FileChannel channel = channel();
                FileLock lock = lock(channel)) {
            if (!holds(channel, line, key)) {
                throw new IOException("its line is not where it was: the file was changed meanwhile");
            }
            write(channel, line.start, status);
            if (wipe) {
                write(channel, line.password, " ".repeat(line.length));
            }
            channel.force(false);
            lock.release();
        }
    }

    /** Another program waits in the system's queue; another delivery of this one has to be waited for by hand. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException held) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Where the next line begins: after the header, and after a line that a killed program left without its end. */
    private static long end(FileChannel channel) throws IOException {
        if (channel.size() < HEADER.length()) { // new, or not written to its end
            write(channel, 0, HEADER);
        }
        long size = channel.size();
        if (!read(channel, size - 1, 1).equals("\n")) {
            write(channel, size, "\n");
        }
        return channel.size();
    }

    /** The name may be a link to another file, a secret or the configuration; nothing is appended to those. */
    private static void requireOurs(FileChannel channel) throws IOException {
        if (!HEADER.startsWith(read(channel, 0, HEADER.length()))) {
            throw new IOException("the file exists and is not a file of passwords; name another one");
        }
    }

    private static String read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // Reads on until the end.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    /** Whether the line of a key is still where it was written. */
    private static boolean holds(FileChannel channel, Line line, String key) throws IOException {
        byte[] expected = (PREPARED + "," + quoted(key) + ",").getBytes(StandardCharsets.UTF_8);
        ByteBuffer there = ByteBuffer.allocate(expected.length);
        long position = line.start;
        while (there.hasRemaining()) {
            int read = channel.read(there, position);
            if (read < 0) {
                return false;
            }
            position += read;
        }
        return Arrays.equals(expected, there.array());
    }

    private FileChannel channel() throws IOException {
        Path absolute = file.toAbsolutePath();
        RegularFile.check(absolute);
        boolean posix = Files.getFileStore(absolute.getParent() == null ? absolute : absolute.getParent())
                .supportsFileAttributeView("posix");
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel = posix
                ? FileChannel.open(
                        absolute,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(absolute, options);
        try {
            requireOurs(channel);
            if (posix) { // the file may have been there, open to others
                Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rw-------"));
            }
            return channel;
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void write(FileChannel channel, long at, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
