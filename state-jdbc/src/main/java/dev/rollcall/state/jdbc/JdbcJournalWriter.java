package dev.rollcall.state.jdbc;

import dev.rollcall.connector.RollcallException;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Counts;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records one run; holds no connection between two commits. Not thread-safe: for one thread at a time. */
final class JdbcJournalWriter implements JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcJournalWriter.class);

    private final StateDatabase database;
    private final String run;
    private final long number;
    private final Consumer<Instant> forgetOld;

    /**
     * @param forgetOld removes what has been kept long enough at a moment
     */
    JdbcJournalWriter(StateDatabase database, String run, long number, Consumer<Instant> forgetOld) {
        this.database = database;
        this.run = run;
        this.number = number;
        this.forgetOld = forgetOld;
    }

    @Override
    public void record(Collection<ChangeRecord> intents, Collection<ChangeOutcome> outcomes) {
        if (intents.isEmpty() && outcomes.isEmpty()) {
            return;
        }
        database.write("cannot record changes of the run " + run, connection -> {
            JournalRows.insert(connection, number, intents);
            return JournalRows.update(connection, number, outcomes);
        });
    }

    @Override
    public void end(RunState state, Counts counts, Instant at) {
        database.write(
                "cannot record the end of the run " + run,
                connection -> StateDatabase.change(
                        connection,
                        "update rollcall_runs set state = ?, counts = ?, ended = ? where number = ?",
                        statement -> {
                            statement.setString(1, state.word());
                            statement.setString(2, JournalRows.written(counts));
                            statement.setLong(3, at.toEpochMilli());
                            statement.setLong(4, number);
                        }));
        try {
            forgetOld.accept(at);
        } catch (RollcallException failed) {
            // This run has ended, and what is too old is forgotten at the end of the next one.
            LOG.warn("Old runs could not be removed from the journal: {}", failed.getMessage());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
