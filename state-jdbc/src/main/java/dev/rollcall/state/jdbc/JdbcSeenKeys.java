package dev.rollcall.state.jdbc;

import dev.rollcall.provisioning.state.SeenKeys;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The keys ever seen in a database. Thread-safe. */
final class JdbcSeenKeys implements SeenKeys {
    private static final String DOING = "cannot read the keys seen in the data source ";

    private final StateDatabase database;

    JdbcSeenKeys(StateDatabase database) {
        this.database = database;
    }

    @Override
    public boolean isEmpty(String dataSource) {
        return database.read(
                DOING + dataSource,
                true,
                connection -> StateDatabase.one(
                                connection,
                                "select 1 from rollcall_seen_keys where data_source = ? limit 1",
                                statement -> statement.setString(1, StoredText.encoded(dataSource)),
                                row -> row.getInt(1))
                        .isEmpty());
    }

    @Override
    public Set<String> known(String dataSource, Collection<String> keys) {
        Map<String, String> asked = new HashMap<>();
        keys.forEach(key -> asked.put(StoredText.compared(key), key));
        if (asked.isEmpty()) {
            return Set.of();
        }
        String marks = String.join(", ", Collections.nCopies(asked.size(), "?"));
        return database.read(DOING + dataSource, Set.of(), connection -> {
            Set<String> known = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select person from rollcall_seen_keys where data_source = ? and person in (" + marks + ")")) {
                int index = 1;
                statement.setString(index, StoredText.encoded(dataSource));
                for (String each : asked.keySet()) {
                    index++;
                    statement.setString(index, each);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        known.add(String.valueOf(asked.get(rows.getString(1))));
                    }
                }
            }
            return known;
        });
    }

    @Override
    public void add(String dataSource, Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        database.write("cannot record the keys seen in the data source " + dataSource, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into rollcall_seen_keys (data_source, person) values (?, ?) on conflict do nothing")) {
                for (String key : keys) {
                    statement.setString(1, StoredText.encoded(dataSource));
                    statement.setString(2, StoredText.compared(key));
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }
}
