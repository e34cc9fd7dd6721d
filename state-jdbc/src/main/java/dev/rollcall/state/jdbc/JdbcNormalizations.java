package dev.rollcall.state.jdbc;

import dev.rollcall.provisioning.state.StateStore.Accounts;
import dev.rollcall.provisioning.state.StateStore.Normalization;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Normalised values, and counts of accounts, in a database. Thread-safe. */
final class JdbcNormalizations {
    private final StateDatabase database;

    JdbcNormalizations(StateDatabase database) {
        this.database = database;
    }

    List<Normalization> all(String target) {
        return database.read("cannot read normalised values", List.of(), connection -> {
            List<Normalization> all = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                    "select entry, attribute, wanted, stored from rollcall_normalizations where target = ?")) {
                statement.setString(1, StoredText.encoded(target));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        all.add(new Normalization(
                                String.valueOf(StoredText.decoded(rows.getString(1))),
                                String.valueOf(StoredText.decoded(rows.getString(2))),
                                rows.getString(3),
                                rows.getString(4)));
                    }
                }
            }
            return all;
        });
    }

    void remember(String target, Collection<Normalization> normalizations) {
        if (normalizations.isEmpty()) {
            return;
        }
        database.write("cannot record normalised values", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into rollcall_normalizations (target, place, entry, attribute, wanted, stored)"
                            + " values (?, ?, ?, ?, ?, ?) on conflict (target, place) do update set"
                            + " attribute = excluded.attribute, wanted = excluded.wanted, stored = excluded.stored")) {
                for (Normalization each : normalizations) {
                    String attribute = each.attribute().toLowerCase(Locale.ROOT);
                    statement.setString(1, StoredText.encoded(target));
                    statement.setString(2, StoredText.hash(each.id(), attribute));
                    statement.setString(3, StoredText.encoded(each.id()));
                    statement.setString(4, StoredText.encoded(each.attribute()));
                    statement.setString(5, each.wanted());
                    statement.setString(6, each.stored());
                    statement.addBatch();
                }
                return statement.executeBatch().length;
            }
        });
    }

    Optional<Accounts> accounts(String target) {
        return database.read(
                "cannot read the number of accounts",
                Optional.empty(),
                connection -> StateDatabase.one(
                        connection,
                        "select accounts, loading from rollcall_accounts where target = ?",
                        statement -> statement.setString(1, StoredText.encoded(target)),
                        row -> new Accounts(row.getLong(1), row.getInt(2) == 1)));
    }

    void remember(String target, Accounts accounts) {
        database.write(
                "cannot record the number of accounts",
                connection -> StateDatabase.change(
                        connection,
                        "insert into rollcall_accounts (target, accounts, loading) values (?, ?, ?)"
                                + " on conflict (target) do update set accounts = excluded.accounts,"
                                + " loading = excluded.loading",
                        statement -> {
                            statement.setString(1, StoredText.encoded(target));
                            statement.setLong(2, accounts.accounts());
                            statement.setInt(3, accounts.loading() ? 1 : 0);
                        }));
    }
}
