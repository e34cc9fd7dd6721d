package dev.rollcall.state.jdbc;

import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Counts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs and changes as rows of tables. Stateless, and thus thread-safe. */
final class JournalRows {
    private JournalRows() {}

    /** Adds a run, and returns its number. */
    static long insert(Connection connection, RunRecord run) throws SQLException {
        return StateDatabase.one(
                        connection,
                        "insert into rollcall_runs (id, data_source, target, started, ended, state, counts, hash, undoes)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning number",
                        statement -> {
                            statement.setString(1, StoredText.encoded(run.id()));
                            statement.setString(2, StoredText.encoded(run.dataSource()));
                            statement.setString(3, StoredText.encoded(run.target()));
                            statement.setLong(4, run.start().toEpochMilli());
                            setMoment(statement, 5, run.end());
                            statement.setString(6, run.state().word());
                            statement.setString(7, written(run.counts()));
                            statement.setString(8, StoredText.encoded(run.hash()));
                            statement.setString(9, StoredText.encoded(run.undoes()));
                        },
                        row -> row.getLong(1))
                .orElseThrow();
    }

    static void insert(Connection connection, long run, Collection<ChangeRecord> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into rollcall_changes (run, position, kind, person, dn, id, new_dn, member_of, leaver,"
                        + " attributes, result, problem, at, unsettled)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (ChangeRecord change : changes) {
                ChangeOutcome outcome = change.outcome();
                statement.setLong(1, run);
                statement.setLong(2, change.position());
                statement.setString(3, change.kind().word());
                statement.setString(4, StoredText.encoded(change.key()));
                statement.setString(5, StoredText.encoded(change.dn()));
                statement.setString(6, StoredText.encoded(change.id()));
                statement.setString(7, StoredText.encoded(change.newDn()));
                statement.setString(8, StoredText.encoded(change.group()));
                statement.setInt(9, change.leaver() ? 1 : 0);
                statement.setBytes(10, StoredAttributes.bytes(change.attributes()));
                statement.setString(11, outcome == null ? null : word(outcome.result()));
                statement.setString(12, outcome == null ? null : StoredText.encoded(outcome.problem()));
                setMoment(statement, 13, outcome == null ? null : outcome.at());
                statement.setInt(14, change.isUnsettled() ? 1 : 0);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Adds what became of changes; returns how many there were. */
    static int update(Connection connection, long run, Collection<ChangeOutcome> outcomes) throws SQLException {
        if (outcomes.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "update rollcall_changes set result = ?, id = coalesce(?, id), problem = ?, at = ?, unsettled = ?"
                        + " where run = ? and position = ?")) {
            for (ChangeOutcome outcome : outcomes) {
                statement.setString(1, word(outcome.result()));
                statement.setString(2, StoredText.encoded(outcome.id()));
                statement.setString(3, StoredText.encoded(outcome.problem()));
                statement.setLong(4, outcome.at().toEpochMilli());
                statement.setInt(5, outcome.result() == ChangeOutcome.Result.UNKNOWN ? 1 : 0);
                statement.setLong(6, run);
                statement.setLong(7, outcome.position());
                statement.addBatch();
            }
            return statement.executeBatch().length;
        }
    }

    static RunRecord run(ResultSet row) throws SQLException {
        return new RunRecord(
                text(row, "id"),
                text(row, "data_source"),
                text(row, "target"),
                Instant.ofEpochMilli(row.getLong("started")),
                moment(row, "ended"),
                known(row, "state", RunState::of),
                counts(row.getString("counts")),
                text(row, "hash"),
                StoredText.decoded(row.getString("undoes")));
    }

    static ChangeRecord change(ResultSet row) throws SQLException {
        long position = row.getLong("position");
        String id = StoredText.decoded(row.getString("id"));
        return new ChangeRecord(
                text(row, "run_id"),
                position,
                known(row, "kind", ChangeKind::of),
                text(row, "person"),
                text(row, "dn"),
                id,
                StoredText.decoded(row.getString("new_dn")),
                StoredText.decoded(row.getString("member_of")),
                row.getInt("leaver") == 1,
                attributes(row),
                outcome(row, position, id));
    }

    private static List<RecordedAttribute> attributes(ResultSet row) throws SQLException {
        try {
            return StoredAttributes.read(row.getBytes("attributes"));
        } catch (IOException damaged) {
            throw new SQLException(
                    "the change " + row.getLong("position") + " of the run " + row.getString("run_id") + ": "
                            + damaged.getMessage(),
                    damaged);
        }
    }

    private static @Nullable ChangeOutcome outcome(ResultSet row, long position, @Nullable String id)
            throws SQLException {
        if (row.getString("result") == null) {
            return null;
        }
        ChangeOutcome.Result result = known(row, "result", JournalRows::result);
        Instant at = Instant.ofEpochMilli(row.getLong("at"));
        return new ChangeOutcome(position, result, id, StoredText.decoded(row.getString("problem")), at);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return String.valueOf(StoredText.decoded(row.getString(column)));
    }

    /** A word that this version does not know was written by a newer one, or by hand. */
    private static <T> T known(ResultSet row, String column, Function<String, Optional<T>> words) throws SQLException {
        String word = String.valueOf(row.getString(column));
        return words.apply(word)
                .orElseThrow(() -> new SQLException("the column " + column + " has the unknown word '" + word + "'"));
    }

    private static String word(ChangeOutcome.Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<ChangeOutcome.Result> result(String word) {
        for (ChangeOutcome.Result each : ChangeOutcome.Result.values()) {
            if (word(each).equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Counts as text: {@code create=3 disable=1}. */
    static String written(Counts counts) {
        return counts.byKind().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> each.getKey().word() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    private static Counts counts(String written) throws SQLException {
        Map<ChangeKind, Integer> counts = new EnumMap<>(ChangeKind.class);
        for (String each : written.isEmpty() ? List.<String>of() : List.of(written.split(" ", -1))) {
            int equals = each.indexOf('=');
            try {
                ChangeKind kind = ChangeKind.of(each.substring(0, equals)).orElseThrow();
                counts.put(kind, Integer.valueOf(each.substring(equals + 1)));
            } catch (RuntimeException notOurs) {
                throw new SQLException("the column counts has the unknown value '" + each + "'", notOurs);
            }
        }
        return Counts.of(counts);
    }

    private static void setMoment(PreparedStatement statement, int index, @Nullable Instant moment)
            throws SQLException {
        if (moment == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, moment.toEpochMilli());
        }
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
