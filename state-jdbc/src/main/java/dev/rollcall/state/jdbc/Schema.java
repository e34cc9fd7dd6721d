package dev.rollcall.state.jdbc;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.state.StateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables of the state. Flyway creates and upgrades them, with a history table of its own. Hosts bring their own version of
 * Flyway, so only calls that 11.7 has are made. Immutable and thread-safe.
 */
final class Schema {
    static final String HISTORY = "rollcall_schema_history";

    /** The version of the last script. */
    static final int VERSION = 1;

    private final DataSource connections;
    private final Dialect dialect;
    private final String place;

    Schema(DataSource connections, Dialect dialect, String place) {
        this.connections = connections;
        this.dialect = dialect;
        this.place = place;
    }

    /** Sees to it that the tables are of this version, as far as the mode allows. */
    void prepare(SchemaMode mode, Optional<String> schema) throws SQLException {
        switch (mode) {
            case MIGRATE -> migrate(schema);
            case VALIDATE -> validate();
            case OFF -> {}
        }
    }

    private void migrate(Optional<String> schema) throws SQLException {
        // Flyway takes about a second even if there is nothing to do.
        if (isCurrent()) {
            return;
        }
        if (schema.isPresent()) {
            create(schema.get());
        }
        try {
            flyway().migrate();
        } catch (FlywayException failed) {
            // Another node may have done it at the same time.
            if (!isCurrent()) {
                throw SqlFailures.migrating(place, failed);
            }
        }
    }

    private void validate() throws SQLException {
        if (!isCurrent()) {
            OptionalInt version = version();
            String is = version.isPresent() ? "are of version " + version.getAsInt() : "are missing";
            throw problem(
                    "state-schema-old",
                    "the tables " + is + ", and this version of Rollcall needs version " + VERSION,
                    "migrate them once with migrate: migrate, or run the scripts under " + dialect.scripts()
                            + " in the jar of rollcall-state-jdbc");
        }
        try {
            flyway().validate();
        } catch (FlywayException differs) {
            throw SqlFailures.migrating(place, differs);
        }
    }

    private boolean isCurrent() throws SQLException {
        OptionalInt version = version();
        if (version.isPresent() && version.getAsInt() > VERSION) {
            throw problem(
                    "state-schema-new",
                    "the tables are of version " + version.getAsInt() + ", and this version of Rollcall knows "
                            + VERSION,
                    "use the version of Rollcall that migrated them, or a newer one");
        }
        return version.isPresent() && version.getAsInt() == VERSION;
    }

    private StateException problem(String code, String message, String remedy) {
        return new StateException(
                FailureKind.UNSUPPORTED, Problem.of(code, "state", place + ": " + message, remedy), null);
    }

    /** The version of the tables; empty if there are none. */
    private OptionalInt version() throws SQLException {
        try (Connection connection = connections.getConnection()) {
            // Without a schema the driver would look in all of them.
            if (dialect == Dialect.POSTGRESQL && connection.getSchema() == null) {
                return OptionalInt.empty();
            }
            try (ResultSet table = connection
                    .getMetaData()
                    .getTables(connection.getCatalog(), connection.getSchema(), HISTORY, null)) {
                if (!table.next()) {
                    return OptionalInt.empty();
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select max(cast(version as integer)) from " + HISTORY
                            + " where success and version is not null")) {
                int version = row.next() ? row.getInt(1) : 0;
                return version == 0 ? OptionalInt.empty() : OptionalInt.of(version);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    /** Only if it is missing: "if not exists" needs the right to create one even if it exists. */
    private void create(String schema) throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("select current_schema()")) {
                if (there.next() && there.getString(1) != null) {
                    return;
                }
            }
            statement.execute("create schema if not exists \"" + schema.replace("\"", "\"\"") + "\"");
        }
    }

    private Flyway flyway() {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(connections)
                .table(HISTORY)
                .locations("classpath:" + dialect.scripts())
                // A schema of the host holds tables of its own.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }
}
