package dev.rollcall.provisioning.source;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Where user records come from: a connector, or anything else that can list them. Implementations are thread-safe.
 *
 * <p>The promise is that of {@link Connector#fetchUsers}: the normal end of the pages of {@link UserQuery#all()} means
 * that every user was read.
 */
@FunctionalInterface
public interface UserSource {
    /**
     * Fetches users, page by page.
     *
     * @throws dev.rollcall.connector.ConnectorException if the source cannot be read, or not by this query
     */
    PageIterator<UserRecord> fetchUsers(UserQuery query);

    /** {@return the users of a connector, which stays the caller's to close} */
    static UserSource of(Connector connector) {
        Objects.requireNonNull(connector, "connector");
        return connector::fetchUsers;
    }

    /** {@return these users, whatever is asked for; read anew in each run, in one go} */
    static UserSource of(Iterable<UserRecord> records) {
        Objects.requireNonNull(records, "records");
        return query -> new IterablePages(records.iterator());
    }

    /**
     * The users of a CSV file (RFC 4180, UTF-8) whose first row names the columns. Every value is a text; one that is left
     * out is empty.
     */
    static UserSource csv(Path file) {
        return new CsvSource(file);
    }

    /** Pages of a thousand. Not thread-safe: for one thread at a time. */
    final class IterablePages implements PageIterator<UserRecord> {
        private static final int PAGE = 1000;

        private final Iterator<UserRecord> records;

        private IterablePages(Iterator<UserRecord> records) {
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        @Override
        public Page<UserRecord> next() {
            List<UserRecord> items = new ArrayList<>();
            items.add(records.next());
            while (items.size() < PAGE && records.hasNext()) {
                items.add(records.next());
            }
            return records.hasNext() ? Page.more(items) : Page.last(items);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
