package dev.rollcall.state.jdbc;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.state.StateException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database as its tables are read and written: it is opened, and its tables prepared, when that is first needed. A thread
 * that is interrupted, which is how a run is cancelled, finishes what it does here: an outcome must be recorded. Thread-safe.
 */
final class StateDatabase {
    private static final int FETCH = 1_000;

    /** Work with a connection. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T with(Connection connection) throws SQLException;
    }

    /** Sets the parameters of a statement. */
    @FunctionalInterface
    interface Parameters {
        /** Sets all of them. */
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Makes a value of the present row. */
    @FunctionalInterface
    interface Row<T> {
        /** Makes it. */
        T read(ResultSet row) throws SQLException;
    }

    private record Opened(DataSource connections, Dialect dialect) {}

    private final DatabaseSource source;
    private final SchemaMode mode;
    private final Clock clock;
    private @Nullable Opened opened;

    StateDatabase(DatabaseSource source, SchemaMode mode, Clock clock) {
        this.source = source;
        this.mode = mode;
        this.clock = clock;
    }

    /** The SQL expression for the present moment, by the database's clock where nodes share it, else by the given one. */
    String now() {
        return uninterrupted("cannot be opened", () -> open().dialect().now(clock));
    }

    /** Rows are read at once; {@code nothing} if there is no database yet. */
    <T> T read(String doing, T nothing, Work<T> work) {
        return isThere() ? uninterrupted(doing, () -> reading(open(), work)) : nothing;
    }

    /** Writes in one transaction, which is durable when this returns. */
    <T> T write(String doing, Work<T> work) {
        return uninterrupted(doing, () -> writing(open(), work));
    }

    /** Rows that are read as they are used; to be closed. None if there is no database yet. */
    <T> Stream<T> stream(String doing, String sql, Parameters parameters, Row<T> row) {
        if (!isThere()) {
            return Stream.empty();
        }
        return uninterrupted(doing, () -> {
            Opened database = open();
            BorrowedConnection connection = BorrowedConnection.of(database.connections());
            try {
                database.dialect().beginReading(connection.get());
                PreparedStatement statement = connection.get().prepareStatement(sql);
                statement.setFetchSize(FETCH);
                parameters.set(statement);
                return new ResultRows<>(connection, statement.executeQuery(), row, failed -> failed(doing, failed))
                        .stream();
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        });
    }

    private StateException failed(String doing, Throwable failure) {
        return SqlFailures.of(doing, source.place(), failure);
    }

    /** Whether there is a database to read. */
    synchronized boolean isThere() {
        return opened != null || source.isThere();
    }

    private synchronized Opened open() throws SQLException, IOException {
        if (opened == null) {
            DataSource connections = source.connections();
            Dialect dialect = dialect(connections);
            Schema schema = new Schema(connections, dialect, source.place());
            if (mode != SchemaMode.OFF) {
                source.alone(() -> schema.prepare(mode, source.schema()));
            }
            opened = new Opened(connections, dialect);
        }
        return opened;
    }

    private Dialect dialect(DataSource connections) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return Dialect.of(product)
                    .orElseThrow(() -> new StateException(
                            FailureKind.UNSUPPORTED,
                            Problem.of(
                                    "state-database",
                                    "state",
                                    source.place() + ": is a database of the kind " + product,
                                    "use PostgreSQL or SQLite"),
                            null));
        }
    }

    synchronized void close() {
        opened = null;
        source.close();
    }

    @FunctionalInterface
    private interface Access<T> {
        T get() throws SQLException, IOException;
    }

    private <T> T uninterrupted(String doing, Access<T> access) {
        boolean interrupted = Thread.interrupted();
        try {
            return access.get();
        } catch (StateException known) {
            throw known;
        } catch (SQLException | IOException failed) {
            throw failed(doing, failed);
        } catch (RuntimeException failed) {
            // A pool that gets no first connection throws an exception of its own.
            if (failed.getCause() instanceof SQLException refused) {
                throw failed(doing, refused);
            }
            throw failed;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T reading(Opened database, Work<T> work) throws SQLException {
        try (BorrowedConnection connection = BorrowedConnection.of(database.connections())) {
            database.dialect().beginReading(connection.get());
            return work.with(connection.get());
        }
    }

    private static <T> T writing(Opened database, Work<T> work) throws SQLException {
        Dialect dialect = database.dialect();
        try (BorrowedConnection connection = BorrowedConnection.of(database.connections())) {
            dialect.beginWriting(connection.get());
            try {
                T result = work.with(connection.get());
                dialect.commit(connection.get());
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollBack(dialect, connection.get(), failed);
                throw failed;
            }
        }
    }

    private static void rollBack(Dialect dialect, Connection connection, Exception failed) {
        try {
            dialect.rollBack(connection);
        } catch (SQLException again) {
            failed.addSuppressed(again); // a lost connection, whose work the server rolls back
        }
    }

    /** The one row of a query, if there is one. */
    static <T> Optional<T> one(Connection connection, String sql, Parameters parameters, Row<T> row)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
        }
    }

    /** Changes rows, and counts them. */
    static int change(Connection connection, String sql, Parameters parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            return statement.executeUpdate();
        }
    }
}
