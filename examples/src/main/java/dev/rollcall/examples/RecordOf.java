package dev.rollcall.examples;

import dev.rollcall.configuration.DataSource;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.KeyRule;
import java.util.List;
import java.util.Optional;

/** Finds the record of one user in a data source. */
final class RecordOf {
    private RecordOf() {}

    /**
     * {@return the record with this key}
     *
     * @throws ConnectorException if the source cannot be read
     */
    static Optional<UserRecord> key(String key, DataSource source) {
        try (Connector connector = source.connector().open(ConnectorContext.defaults())) {
            try {
                return first(connector.fetchUsers(UserQuery.byKeys(List.of(key))), key, source);
            } catch (ConnectorException e) {
                if (e.kind() != FailureKind.UNSUPPORTED) {
                    throw e;
                }
                return first(connector.fetchUsers(UserQuery.all()), key, source);
            }
        }
    }

    private static Optional<UserRecord> first(PageIterator<UserRecord> pages, String key, DataSource source) {
        KeyRule rule = source.mapping().key();
        String wanted = rule.normalize(key);
        try (pages) {
            while (pages.hasNext()) {
                for (UserRecord record : pages.next().items()) {
                    if (rule.of(record).filter(wanted::equals).isPresent()) {
                        return Optional.of(record);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
