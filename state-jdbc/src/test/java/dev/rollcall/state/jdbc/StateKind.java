package dev.rollcall.state.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.SeenKeys;
import dev.rollcall.provisioning.state.StateStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where state is kept. What a port promises is tested with each of these. */
enum StateKind {
    MEMORY {
        @Override
        TestState open(Path folder) {
            MovedClock clock = new MovedClock();
            return new TestState(
                    StateStore.memory(),
                    Journal.memory(),
                    SeenKeys.memory(),
                    Leases.memory(clock),
                    clock::move,
                    () -> {});
        }
    },
    SQLITE {
        @Override
        TestState open(Path folder) {
            MovedClock clock = new MovedClock();
            return of(JdbcState.sqlite(folder).clock(clock).build(), clock::move, () -> {});
        }
    },
    POSTGRESQL {
        @Override
        TestState open(Path folder) {
            String schema = TestPostgresql.schema();
            return of(
                    JdbcState.postgresql(TestPostgresql.url(), TestPostgresql.USER, TestPostgresql.PASSWORD, schema)
                            .build(),
                    passed -> TestPostgresql.execute("update " + schema + ".rollcall_leases set ends = ends - "
                            + passed.toMillis() + " where ends > 0"),
                    () -> {});
        }
    },
    SQLITE_OF_A_HOST {
        @Override
        TestState open(Path folder) {
            MovedClock clock = new MovedClock();
            HikariDataSource host = withoutAutoCommit("jdbc:sqlite:" + folder.resolve("host.db") + "?journal_mode=WAL");
            return of(JdbcState.of(host).clock(clock).build(), clock::move, host::close);
        }
    },
    POSTGRESQL_OF_A_HOST {
        @Override
        TestState open(Path folder) {
            String schema = TestPostgresql.schema();
            TestPostgresql.execute("create schema " + schema);
            TestPostgresql.execute("create table " + schema + ".orders (number bigint)");
            HikariDataSource host = withoutAutoCommit(TestPostgresql.url() + "?user=" + TestPostgresql.USER
                    + "&password=postgres&currentSchema=" + schema);
            return of(
                    JdbcState.of(host).build(),
                    passed -> TestPostgresql.execute("update " + schema + ".rollcall_leases set ends = ends - "
                            + passed.toMillis() + " where ends > 0"),
                    host::close);
        }
    };

    /** State of one test. */
    record TestState(
            StateStore store,
            Journal journal,
            SeenKeys seen,
            Leases leases,
            Consumer<Duration> passing,
            Runnable ending)
            implements AutoCloseable {
        /** Lets time pass for leases. */
        void pass(Duration time) {
            passing.accept(time);
        }

        @Override
        public void close() {
            ending.run();
        }
    }

    /** Those for which there is a server. */
    static Stream<StateKind> all() {
        return Arrays.stream(values())
                .filter(kind -> TestPostgresql.isThere() || !kind.name().startsWith("POSTGRESQL"));
    }

    static Stream<StateKind> databases() {
        return all().filter(kind -> kind != MEMORY);
    }

    abstract TestState open(Path folder);

    private static TestState of(JdbcState state, Consumer<Duration> passing, Runnable ending) {
        return new TestState(
                state,
                state.journal().orElseThrow(),
                state.seen().orElseThrow(),
                state.leases().orElseThrow(),
                passing,
                () -> {
                    state.close();
                    ending.run();
                });
    }

    private static HikariDataSource withoutAutoCommit(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(4);
        return new HikariDataSource(config) {
            /** A caller that takes a connection gets it as the host has it. */
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                if (connection.getAutoCommit()) {
                    throw new SQLException("a connection came back with auto-commit");
                }
                return connection;
            }
        };
    }

    /** A clock that a test moves. */
    static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-01-05T06:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
