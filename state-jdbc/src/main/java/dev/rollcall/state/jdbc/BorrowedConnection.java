package dev.rollcall.state.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection of a pool, which gets it back as it was: a host's connections may not commit by themselves. Not thread-safe: for
 * one thread at a time.
 */
final class BorrowedConnection implements AutoCloseable {
    private final Connection connection;
    private final boolean auto;

    private BorrowedConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.auto = connection.getAutoCommit();
    }

    /** Takes one; a pool stops waiting for a free one if the thread is interrupted, and is asked again. */
    static BorrowedConnection of(DataSource connections) throws SQLException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return new BorrowedConnection(connections.getConnection());
                } catch (SQLException failed) {
                    if (!Thread.interrupted()) {
                        throw failed;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Connection get() {
        return connection;
    }

    /** Gives it back. A failure is of no interest: what was written is committed or rolled back already. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(auto);
        } catch (SQLException broken) {
            // The pool finds out when it uses this connection again.
        }
    }
}
