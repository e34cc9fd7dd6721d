package dev.rollcall.state.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A SQLite database in a folder that the present user alone can read. Not thread-safe: for one thread at a time. */
final class SqliteFolder implements DatabaseSource {
    static final String FILE = "rollcall.db";

    private static final String LOCK = "rollcall.lock";
    private static final int CONNECTIONS = 4;
    private static final String BUSY_MILLIS = "10000";
    private static final long PAUSE = 10_000_000;

    private final Path folder;
    private final Path file;
    private @Nullable HikariDataSource pool;

    SqliteFolder(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder").toAbsolutePath();
        this.file = this.folder.resolve(FILE);
    }

    /** The files that may be in the folder. */
    static List<Path> files(Path folder) {
        return Stream.of(FILE, FILE + "-wal", FILE + "-shm", LOCK)
                .map(folder::resolve)
                .toList();
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public boolean isThere() {
        return pool != null || Files.exists(file);
    }

    @Override
    public DataSource connections() throws IOException {
        if (pool != null) {
            return pool;
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
        ownFile(file); // SQLite gives the files beside it (-wal, -shm) the permissions of this one
        HikariConfig config = new HikariConfig();
        config.setPoolName("rollcall-state");
        config.setJdbcUrl("jdbc:sqlite:" + file);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1); // as long as one is open, the write-ahead log stays, and is not copied at each change
        config.setMaxLifetime(0);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("busy_timeout", BUSY_MILLIS);
        pool = new HikariDataSource(config);
        return pool;
    }

    /** Two processes would create the same tables at once. */
    @Override
    public void alone(Step step) throws SQLException, IOException {
        ownFile(folder.resolve(LOCK));
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            step.run();
            lock.release();
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldByThisProcess) {
                LockSupport.parkNanos(PAUSE);
            } catch (FileLockInterruptionException interrupted) {
                throw new IOException(
                        "the thread was interrupted while another program prepared the database", interrupted);
            }
        }
    }

    /** Creates a file for the present user alone, or takes the rights of others to one that is there. */
    private static void ownFile(Path file) throws IOException {
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(file, permissions("rw-------"));
        } catch (FileAlreadyExistsException there) {
            if (isPosix(file) && !owner.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, owner);
            }
        }
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return isPosix(Path.of(""))
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
