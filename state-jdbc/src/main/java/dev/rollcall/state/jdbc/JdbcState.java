package dev.rollcall.state.jdbc;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.SeenKeys;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * State in a database: the journal of runs, the keys that data sources have shown, leases, and values that a server keeps in
 * its own way. Thread-safe.
 *
 * <p>Nothing is opened until something is read or written; a failure then is a
 * {@link dev.rollcall.provisioning.state.StateException} that says what to do. What was recorded is durable when the call
 * returns, and survives the end of the process at any point. A thread that is interrupted finishes its call.
 *
 * <p>Transactions are begun and committed on connections of their own; a transaction of the host is not joined.
 *
 * <pre>{@code
 * try (JdbcState state = JdbcState.sqlite(Path.of("rollcall-state")).build()) {
 *     Reconciler.builder(source, people, directory).state(state)
 * }
 * }</pre>
 */
public final class JdbcState implements StateStore, AutoCloseable {
    /** The schema of PostgreSQL that is used by default. */
    public static final String SCHEMA = "rollcall";

    private final StateDatabase database;
    private final JdbcJournal journal;
    private final JdbcSeenKeys seen;
    private final JdbcLeases leases;
    private final JdbcNormalizations normalizations;

    JdbcState(StateDatabase database, Duration keep) {
        this.database = database;
        this.journal = new JdbcJournal(database, keep);
        this.seen = new JdbcSeenKeys(database);
        this.leases = new JdbcLeases(database);
        this.normalizations = new JdbcNormalizations(database);
    }

    /**
     * {@return a builder for a SQLite database in a folder}
     *
     * <p>The folder and the file {@code rollcall.db} in it are created when there is something to keep, readable by the present
     * user alone. Several processes of one machine may share the folder; it must not be on a network file system.
     */
    public static JdbcStateBuilder sqlite(Path folder) {
        return new JdbcStateBuilder(new SqliteFolder(folder));
    }

    /**
     * {@return a builder for a schema of a PostgreSQL database (14 or later), which several nodes may share}
     *
     * @param url such as {@code jdbc:postgresql://127.0.0.1/rollcall}; without user and password
     * @param schema the schema, such as {@link #SCHEMA}; it is created if it is missing
     * @throws ConfigurationException if the URL is not one of PostgreSQL, or contains a password
     */
    public static JdbcStateBuilder postgresql(String url, String user, Secret password, String schema) {
        return new JdbcStateBuilder(new PostgresqlServer(url, user, password, schema));
    }

    /**
     * {@return a builder for the connections of a host, to PostgreSQL or SQLite}
     *
     * @param connections taken as they are, with or without auto-commit, and left open; their default schema is used. SQLite
     *     must be set to {@code journal_mode=WAL} and {@code synchronous=FULL} by the host
     */
    public static JdbcStateBuilder of(DataSource connections) {
        return new JdbcStateBuilder(new HostDataSource(connections));
    }

    @Override
    public List<Normalization> normalizations(String target) {
        return normalizations.all(target);
    }

    @Override
    public void remember(String target, Collection<Normalization> learnt) {
        normalizations.remember(target, learnt);
    }

    @Override
    public Optional<Accounts> accounts(String target) {
        return normalizations.accounts(target);
    }

    @Override
    public void remember(String target, Accounts accounts) {
        normalizations.remember(target, accounts);
    }

    @Override
    public Optional<Journal> journal() {
        return Optional.of(journal);
    }

    @Override
    public Optional<SeenKeys> seen() {
        return Optional.of(seen);
    }

    @Override
    public Optional<Leases> leases() {
        return Optional.of(leases);
    }

    /** Closes connections that this made, and leaves those of a host open. A later call opens them again. */
    @Override
    public void close() {
        database.close();
    }
}
