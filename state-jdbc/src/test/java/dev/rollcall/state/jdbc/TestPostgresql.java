package dev.rollcall.state.jdbc;

import dev.rollcall.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for the tests of one JVM, from binaries that the build downloads; it ends with the JVM. There are
 * binaries for Linux on x86-64; elsewhere tests have no PostgreSQL, and run with SQLite and in memory.
 */
final class TestPostgresql {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final Optional<EmbeddedPostgres> SERVER = start();

    static final String USER = "postgres";
    static final Secret PASSWORD = Secret.of("postgres");

    private TestPostgresql() {}

    private static Optional<EmbeddedPostgres> start() {
        boolean hasBinaries = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64");
        if (!hasBinaries) {
            System.err.println("no PostgreSQL for these tests: there are binaries for Linux on x86-64 only");
            return Optional.empty();
        }
        try {
            // Not set up for tests that lose power, but the tests that kill processes depend on what a commit means.
            return Optional.of(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL does not start", failed);
        }
    }

    static boolean isThere() {
        return SERVER.isPresent();
    }

    static String url() {
        return "jdbc:postgresql://127.0.0.1:" + SERVER.orElseThrow().getPort() + "/postgres";
    }

    /** The name of a schema that is not there yet. */
    static String schema() {
        return "state_" + SCHEMAS.incrementAndGet();
    }

    static void execute(String sql) {
        try (Connection connection = SERVER.orElseThrow().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    /** Makes a user whose password the server asks for; it trusts all others. */
    static void askForPassword(String user, String password) {
        execute("create role " + user + " login password '" + password + "'");
        try (Connection connection = SERVER.orElseThrow().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show hba_file")) {
            row.next();
            Path rules = Path.of(row.getString(1));
            Files.writeString(
                    rules,
                    "host all " + user + " 127.0.0.1/32 scram-sha-256" + System.lineSeparator()
                            + Files.readString(rules));
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("pg_hba.conf cannot be changed", failed);
        }
        execute("select pg_reload_conf()");
    }
}
