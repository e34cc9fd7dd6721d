package dev.rollcall.state.jdbc;

import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The journal in a database. Thread-safe. */
final class JdbcJournal implements Journal {
    private static final int SLICE = 10_000;
    private static final String RUN = "select id, data_source, target, started, ended, state, counts, hash, undoes"
            + " from rollcall_runs where forgotten = 0";
    private static final String CHANGE = "select r.id as run_id, c.position, c.kind, c.person, c.dn, c.id, c.new_dn,"
            + " c.member_of, c.leaver, c.attributes, c.result, c.problem, c.at from rollcall_runs r"
            + " join rollcall_changes c on c.run = r.number where r.forgotten = 0";

    private final StateDatabase database;
    private final Duration keep;

    /**
     * @param keep how long runs are kept after their end
     */
    JdbcJournal(StateDatabase database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    @Override
    public JournalWriter begin(RunRecord run) {
        long number = database.write("cannot begin the run " + run.id(), connection -> {
            // Asked first: a failed insert of another cause must not be taken for a duplicate.
            if (number(connection, run.id()).isPresent()) {
                throw new IllegalArgumentException("the journal has a run of the id " + run.id());
            }
            return JournalRows.insert(connection, run);
        });
        return new JdbcJournalWriter(database, run.id(), number, now -> forget(now.minus(keep)));
    }

    @Override
    public Stream<RunRecord> runs() {
        return database.stream("cannot list runs", RUN + " order by number desc", statement -> {}, JournalRows::run);
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return database.read(
                "cannot read the run " + id,
                Optional.empty(),
                connection -> StateDatabase.one(
                        connection,
                        RUN + " and id = ?",
                        statement -> statement.setString(1, StoredText.encoded(id)),
                        JournalRows::run));
    }

    @Override
    public Stream<ChangeRecord> changes(String run) {
        return database.stream(
                "cannot read the changes of the run " + run,
                CHANGE + " and r.id = ? order by c.position",
                statement -> statement.setString(1, StoredText.encoded(run)),
                JournalRows::change);
    }

    @Override
    public Stream<ChangeRecord> unsettled(String target) {
        return database.stream(
                "cannot read unsettled changes",
                CHANGE + " and r.target = ? and c.unsettled = 1 order by c.run, c.position",
                statement -> statement.setString(1, StoredText.encoded(target)),
                JournalRows::change);
    }

    @Override
    public void settle(String run, Collection<ChangeOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        database.write("cannot settle changes of the run " + run, connection -> {
            long number = number(connection, run).orElseThrow(() -> unknown(run));
            return JournalRows.update(connection, number, outcomes);
        });
    }

    @Override
    public void mark(String run, RunState state, Instant at) {
        int marked = database.write(
                "cannot mark the run " + run,
                connection -> StateDatabase.change(
                        connection,
                        "update rollcall_runs set state = ?, ended = coalesce(ended, ?) where id = ? and forgotten = 0",
                        statement -> {
                            statement.setString(1, state.word());
                            statement.setLong(2, at.toEpochMilli());
                            statement.setString(3, StoredText.encoded(run));
                        }));
        if (marked == 0) {
            throw unknown(run);
        }
    }

    private static IllegalArgumentException unknown(String run) {
        return new IllegalArgumentException("the journal has no run of the id " + run);
    }

    private static Optional<Long> number(Connection connection, String run) throws SQLException {
        return StateDatabase.one(
                connection,
                "select number from rollcall_runs where id = ? and forgotten = 0",
                statement -> statement.setString(1, StoredText.encoded(run)),
                row -> row.getLong(1));
    }

    /**
     * Runs are hidden first, all at once. Then their changes are deleted in slices, so that other writers wait for moments
     * only. A process that dies between the two leaves hidden runs, which the next call removes.
     */
    @Override
    public void forget(Instant before) {
        if (!database.isThere()) {
            return;
        }
        String doing = "cannot forget old runs";
        database.write(
                doing,
                connection -> StateDatabase.change(
                        connection,
                        "update rollcall_runs set forgotten = 1 where ended < ? and forgotten = 0 and not exists ("
                                + "select 1 from rollcall_changes c where c.run = number and c.unsettled = 1)",
                        statement -> statement.setLong(1, before.toEpochMilli())));
        Optional<Long> hidden = hidden(doing);
        while (hidden.isPresent()) {
            remove(doing, hidden.get());
            hidden = hidden(doing);
        }
    }

    private Optional<Long> hidden(String doing) {
        return database.read(
                doing,
                Optional.empty(),
                connection -> StateDatabase.one(
                        connection,
                        "select number from rollcall_runs where forgotten = 1 order by number limit 1",
                        statement -> {},
                        row -> row.getLong(1)));
    }

    private void remove(String doing, long number) {
        int deleted = SLICE;
        while (deleted >= SLICE) {
            deleted = database.write(
                    doing,
                    connection -> StateDatabase.change(
                            connection,
                            "delete from rollcall_changes where run = ? and position in (select position"
                                    + " from rollcall_changes where run = ? order by position limit " + SLICE + ")",
                            statement -> {
                                statement.setLong(1, number);
                                statement.setLong(2, number);
                            }));
        }
        database.write(
                doing,
                connection -> StateDatabase.change(
                        connection,
                        "delete from rollcall_runs where number = ?",
                        statement -> statement.setLong(1, number)));
    }
}
