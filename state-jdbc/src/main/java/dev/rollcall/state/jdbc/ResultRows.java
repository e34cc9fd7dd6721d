package dev.rollcall.state.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows of a query as a stream that holds a connection until its end or its close. Not thread-safe: for one thread at a time. */
final class ResultRows<T> extends Spliterators.AbstractSpliterator<T> {
    private final BorrowedConnection connection;
    private final ResultSet rows;
    private final StateDatabase.Row<T> row;
    private final Function<SQLException, RuntimeException> failures;
    private boolean closed;

    ResultRows(
            BorrowedConnection connection,
            ResultSet rows,
            StateDatabase.Row<T> row,
            Function<SQLException, RuntimeException> failures) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.connection = connection;
        this.rows = rows;
        this.row = row;
        this.failures = failures;
    }

    Stream<T> stream() {
        return StreamSupport.stream(this, false).onClose(this::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (closed) {
            return false;
        }
        T next;
        try {
            if (!rows.next()) {
                close();
                return false;
            }
            next = row.read(rows);
        } catch (SQLException failed) {
            close();
            throw failures.apply(failed);
        }
        action.accept(next);
        return true;
    }

    private void close() {
        if (!closed) {
            closed = true;
            try (connection) {
                rows.getStatement().close();
            } catch (SQLException broken) {
                // All rows that were wanted have been read.
            }
        }
    }
}
