package dev.rollcall.state.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Where two databases differ. Immutable and thread-safe. */
enum Dialect {
    /**
     * Its driver would begin a new transaction after each commit, and so fail to commit what it has committed. It reads row by
     * row without a transaction, which would take its only write lock.
     */
    SQLITE("sqlite") {
        @Override
        String now(Clock clock) {
            return Long.toString(clock.millis());
        }

        @Override
        void beginReading(Connection connection) throws SQLException {
            connection.setAutoCommit(true);
        }

        @Override
        void beginWriting(Connection connection) throws SQLException {
            connection.setAutoCommit(true);
            execute(connection, "begin immediate");
        }

        @Override
        void commit(Connection connection) throws SQLException {
            execute(connection, "commit");
        }

        @Override
        void rollBack(Connection connection) throws SQLException {
            execute(connection, "rollback");
        }

        private void execute(Connection connection, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    },
    /** Its driver reads row by row in a transaction only, and a whole result into memory without one. */
    POSTGRESQL("postgresql") {
        /** Several nodes share the database, and their clocks differ. Not {@code now()}, which stands still in a transaction. */
        @Override
        String now(Clock clock) {
            return "(extract(epoch from clock_timestamp()) * 1000)::bigint";
        }

        @Override
        void beginReading(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
        }

        @Override
        void beginWriting(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
        }

        @Override
        void commit(Connection connection) throws SQLException {
            connection.commit();
        }

        @Override
        void rollBack(Connection connection) throws SQLException {
            connection.rollback();
        }
    };

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /** The dialect of a product, as {@code DatabaseMetaData} names it. */
    static Optional<Dialect> of(String product) {
        for (Dialect each : values()) {
            if (product.toLowerCase(Locale.ROOT).contains(each.word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Where the scripts of this database are on the class path. */
    String scripts() {
        return "dev/rollcall/state/jdbc/" + word;
    }

    /** The SQL expression for the present moment in milliseconds. */
    abstract String now(Clock clock);

    /** Prepares a connection for reading row by row. */
    abstract void beginReading(Connection connection) throws SQLException;

    /** Begins a transaction that may write, whatever the connection's auto-commit is. */
    abstract void beginWriting(Connection connection) throws SQLException;

    /** Commits what was begun for writing; it is durable when this returns. */
    abstract void commit(Connection connection) throws SQLException;

    /** Undoes what was begun for writing. */
    abstract void rollBack(Connection connection) throws SQLException;
}
