package dev.rollcall.state.jdbc;

import dev.rollcall.provisioning.state.Leases;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Leases in a database: one statement decides who gets one. Thread-safe. */
final class JdbcLeases implements Leases {
    private final StateDatabase database;

    JdbcLeases(StateDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Lease> take(String what, String who, Duration length) {
        Objects.requireNonNull(who, "who");
        if (length.toMillis() <= 0) {
            throw new IllegalArgumentException("length: must be at least a millisecond; was " + length);
        }
        String now = database.now();
        Optional<Long> number = database.write(
                "cannot take the lease for " + what,
                connection -> StateDatabase.one(
                        connection,
                        "insert into rollcall_leases (what, number, holder, since, ends) values (?, 1, ?, " + now + ", "
                                + now + " + ?) on conflict (what) do update set number = rollcall_leases.number + 1,"
                                + " holder = excluded.holder, since = excluded.since, ends = excluded.ends"
                                + " where rollcall_leases.ends <= " + now + " returning number",
                        statement -> {
                            statement.setString(1, StoredText.encoded(what));
                            statement.setString(2, StoredText.encoded(who));
                            statement.setLong(3, length.toMillis());
                        },
                        row -> row.getLong(1)));
        return number.map(taken -> new TakenLease(database, what, taken, length));
    }

    @Override
    public Optional<Holder> holder(String what) {
        return database.read(
                "cannot read who has the lease for " + what,
                Optional.empty(),
                connection -> StateDatabase.one(
                        connection,
                        "select holder, since, ends from rollcall_leases where what = ? and ends > " + database.now(),
                        statement -> statement.setString(1, StoredText.encoded(what)),
                        row -> new Holder(
                                String.valueOf(StoredText.decoded(row.getString(1))),
                                Instant.ofEpochMilli(row.getLong(2)),
                                Instant.ofEpochMilli(row.getLong(3)))));
    }

    /** Not thread-safe: for one thread at a time. */
    private record TakenLease(StateDatabase database, String what, long number, Duration length) implements Lease {
        /** A lease that has run out and that nobody has taken since may be renewed: nobody else began. */
        @Override
        public boolean renew() {
            String now = database.now();
            return database.write(
                            "cannot renew the lease for " + what,
                            connection -> StateDatabase.change(
                                    connection,
                                    "update rollcall_leases set ends = " + now
                                            + " + ? where what = ? and number = ? and ends > 0",
                                    statement -> {
                                        statement.setLong(1, length.toMillis());
                                        statement.setString(2, StoredText.encoded(what));
                                        statement.setLong(3, number);
                                    }))
                    > 0;
        }

        @Override
        public void close() {
            database.write(
                    "cannot give back the lease for " + what,
                    connection -> StateDatabase.change(
                            connection,
                            "update rollcall_leases set ends = 0 where what = ? and number = ?",
                            statement -> {
                                statement.setString(1, StoredText.encoded(what));
                                statement.setLong(2, number);
                            }));
        }
    }
}
