package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Counts;
import dev.rollcall.provisioning.state.StateException;
import dev.rollcall.provisioning.state.StateStore.Accounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** How state in a database is opened, and what is said when that fails. */
class JdbcStateTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

    @TempDir
    private Path parent;

    private static void use(JdbcState state) {
        state.remember("crm", new Accounts(7, false));
    }

    private static StateException failure(JdbcState state) {
        try (state) {
            return catchThrowableOfType(StateException.class, () -> use(state));
        }
    }

    private static Journal journal(JdbcState state) {
        return state.journal().orElseThrow();
    }

    private static void runUntil(Instant end, Journal journal, String id) {
        try (JournalWriter writer = journal.begin(RunRecord.begun(id, "hr", "ldap://x", end.minusSeconds(9), "0af1"))) {
            writer.end(RunState.DONE, Counts.none(), end);
        }
    }

    @Nested
    class A_folder {
        private Path folder;

        @BeforeEach
        void choose() {
            folder = parent.resolve("made/rollcall-state");
        }

        @Test
        void is_not_made_by_reading() {
            try (JdbcState state = JdbcState.sqlite(folder).build()) {
                assertThat(state.accounts("crm")).isEmpty();
                assertThat(state.seen().orElseThrow().isEmpty("hr")).isTrue();
                assertThat(state.leases().orElseThrow().holder("x")).isEmpty();
                assertThat(journal(state).runs()).isEmpty();
                journal(state).forget(MONDAY);
            }
            assertThat(folder).doesNotExist();
        }

        @Test
        void and_its_files_can_be_read_by_their_owner_alone() throws IOException {
            try (JdbcState state = JdbcState.sqlite(folder).build()) {
                use(state);

                assertThat(permissions(folder)).isEqualTo("rwx------");
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files.toList())
                            .extracting(file -> file.getFileName() + " " + permissions(file))
                            .containsExactlyInAnyOrder(
                                    "rollcall.db rw-------",
                                    "rollcall.db-wal rw-------",
                                    "rollcall.db-shm rw-------",
                                    "rollcall.lock rw-------");
                }
            }
        }

        @Test
        void loses_the_rights_of_others_to_a_database_that_was_copied_there() throws IOException {
            try (JdbcState state = JdbcState.sqlite(folder).build()) {
                use(state);
            }
            Path file = folder.resolve("rollcall.db");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

            try (JdbcState state = JdbcState.sqlite(folder).build()) {
                assertThat(state.accounts("crm")).isPresent();
            }

            assertThat(permissions(file)).isEqualTo("rw-------");
        }

        @Test
        void is_shared_by_stores_of_several_programs() {
            try (JdbcState one = JdbcState.sqlite(folder).build();
                    JdbcState other = JdbcState.sqlite(folder).build()) {
                use(one);
                other.remember("apollo", new Accounts(3, true));

                assertThat(one.accounts("apollo")).contains(new Accounts(3, true));
                assertThat(other.accounts("crm")).contains(new Accounts(7, false));
            }
        }

        @Test
        void can_be_used_again_after_it_was_closed() {
            JdbcState state = JdbcState.sqlite(folder).build();
            use(state);
            state.close();

            assertThat(state.accounts("crm")).isPresent();
            state.close();
        }

        private String permissions(Path file) {
            try {
                return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @Nested
    class Old_runs {
        @Test
        void are_forgotten_when_a_run_ends() {
            try (JdbcState state =
                    JdbcState.sqlite(parent).keep(Duration.ofDays(30)).build()) {
                runUntil(MONDAY.minus(Duration.ofDays(31)), journal(state), "old");
                runUntil(MONDAY.minus(Duration.ofDays(29)), journal(state), "younger");
                runUntil(MONDAY, journal(state), "now");

                try (Stream<RunRecord> runs = journal(state).runs()) {
                    assertThat(runs.map(RunRecord::id)).containsExactly("now", "younger");
                }
            }
        }

        @Test
        void are_kept_for_400_days_by_default() {
            try (JdbcState state = JdbcState.sqlite(parent).build()) {
                runUntil(MONDAY.minus(Duration.ofDays(401)), journal(state), "old");
                runUntil(MONDAY.minus(Duration.ofDays(399)), journal(state), "younger");
                runUntil(MONDAY, journal(state), "now");

                try (Stream<RunRecord> runs = journal(state).runs()) {
                    assertThat(runs.map(RunRecord::id)).containsExactly("now", "younger");
                }
            }
        }

        @Test
        void cannot_be_kept_for_no_time() {
            assertThatThrownBy(() -> JdbcState.sqlite(parent).keep(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("keep: must be positive, such as P400D; was PT0S");
        }

        /** As a process that was killed between hiding a run and removing its changes leaves it. */
        @Test
        void that_were_hidden_and_not_yet_removed_are_removed_later() throws Exception {
            try (JdbcState state = JdbcState.sqlite(parent).build()) {
                runUntil(MONDAY, journal(state), "half");
                sqlite("update rollcall_runs set forgotten = 1");

                assertThat(journal(state).run("half")).isEmpty();
                journal(state).forget(MONDAY.minus(Duration.ofDays(9)));
                runUntil(MONDAY, journal(state), "half");

                assertThat(journal(state).run("half")).isPresent();
            }
        }
    }

    @Nested
    class A_SQLite_database {
        private Path file;

        @BeforeEach
        void choose() {
            file = parent.resolve("rollcall.db");
        }

        @Test
        void that_is_damaged_is_reported_and_never_taken_for_an_empty_one() throws IOException {
            Files.write(
                    file,
                    "this is no database, and long enough to be taken for one"
                            .repeat(99)
                            .getBytes(StandardCharsets.US_ASCII));

            StateException failure = failure(JdbcState.sqlite(parent).build());

            assertThat(failure.problem().code()).isEqualTo("state-damaged");
            assertThat(failure)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("restore the file from a backup");
        }

        @Test
        void whose_folder_is_a_file_is_reported() throws IOException {
            Path notOne = Files.createFile(parent.resolve("state"));

            StateException failure = failure(JdbcState.sqlite(notOne).build());

            assertThat(failure.problem().code()).isEqualTo("state-unreadable");
            assertThat(failure).hasMessageContaining(notOne.toString());
        }

        @Test
        void that_a_newer_version_migrated_is_left_alone() throws Exception {
            use(JdbcState.sqlite(parent).build());
            sqlite("update rollcall_schema_history set version = '99' where version = '1'");

            StateException failure = failure(JdbcState.sqlite(parent).build());

            assertThat(failure.problem().code()).isEqualTo("state-schema-new");
            assertThat(failure).hasMessageContaining("version 99").hasMessageContaining("or a newer one");
        }

        @Test
        void that_another_program_holds_is_reported_after_waiting() throws Exception {
            use(JdbcState.sqlite(parent).build());
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                StateException failure = failure(JdbcState.sqlite(parent).build());

                assertThat(failure.problem().code()).isEqualTo("state-locked");
                assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
                assertThat(failure.isRetryable()).isTrue();
            }
        }

        @Test
        void is_durable_at_each_commit_and_read_while_it_is_written() throws Exception {
            SqliteFolder folder = new SqliteFolder(parent);
            try (Connection connection = folder.connections().getConnection()) {
                assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
                assertThat(pragma(connection, "synchronous")).isEqualTo("2");
            } finally {
                folder.close();
            }
        }

        private String pragma(Connection connection, String name) throws Exception {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("pragma " + name)) {
                return row.getString(1);
            }
        }
    }

    private void sqlite(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + parent.resolve("rollcall.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Nested
    class Tables {
        @Test
        void that_are_missing_fail_if_they_are_only_validated() {
            StateException failure = failure(
                    JdbcState.sqlite(parent).schemaMode(SchemaMode.VALIDATE).build());

            assertThat(failure.problem().code()).isEqualTo("state-schema-old");
            assertThat(failure).hasMessageContaining("the tables are missing").hasMessageContaining("migrate: migrate");
        }

        @Test
        void that_were_migrated_are_valid() {
            use(JdbcState.sqlite(parent).build());

            try (JdbcState state =
                    JdbcState.sqlite(parent).schemaMode(SchemaMode.VALIDATE).build()) {
                assertThat(state.accounts("crm")).isPresent();
            }
        }

        @Test
        void whose_history_was_changed_by_hand_are_not_valid() throws Exception {
            use(JdbcState.sqlite(parent).build());
            sqlite("update rollcall_schema_history set checksum = 1 where version = '1'");

            StateException failure = failure(
                    JdbcState.sqlite(parent).schemaMode(SchemaMode.VALIDATE).build());

            assertThat(failure.problem().code()).isEqualTo("state-schema-differs");
        }

        @Test
        void of_an_administrator_are_used_as_they_are() throws Exception {
            for (String sql : script("sqlite").strip().split(";\\s*", 0)) {
                sqlite(sql);
            }

            try (JdbcState state =
                    JdbcState.sqlite(parent).schemaMode(SchemaMode.OFF).build()) {
                use(state);
                assertThat(state.accounts("crm")).isPresent();
            }
        }

        @Test
        void that_nobody_made_are_reported_when_they_are_used() {
            StateException failure =
                    failure(JdbcState.sqlite(parent).schemaMode(SchemaMode.OFF).build());

            assertThat(failure.problem().code()).isEqualTo("state-schema-old");
            assertThat(failure).hasMessageContaining("rollcall_accounts");
        }

        private String script(String database) throws IOException {
            try (var script = JdbcState.class.getResourceAsStream(database + "/V1__state.sql")) {
                return new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "");
            }
        }
    }

    @Nested
    class A_URL {
        private static final Secret PASSWORD = Secret.of("s3cret");

        private String refused(String url) {
            ConfigurationException refused = catchThrowableOfType(
                    ConfigurationException.class, () -> JdbcState.postgresql(url, "rollcall", PASSWORD, "rollcall"));
            return refused.getMessage();
        }

        @Test
        void of_another_database_is_refused() {
            assertThat(refused("http://127.0.0.1/rollcall"))
                    .isEqualTo("state.database.url: must be the JDBC URL of a PostgreSQL database; was"
                            + " 'http://127.0.0.1/rollcall'; write jdbc:postgresql://HOST:5432/DATABASE, or use"
                            + " state.folder for SQLite");
            assertThat(refused("jdbc:mysql://u:hidden@127.0.0.1/x?password=hidden"))
                    .doesNotContain("hidden");
        }

        @Test
        void with_a_password_is_refused_and_not_quoted() {
            for (String url : List.of(
                    "jdbc:postgresql://127.0.0.1/x?user=u&password=hidden", "jdbc:postgresql://u:hidden@127.0.0.1/x")) {
                assertThat(refused(url))
                        .isEqualTo("state.database.url: contains a user or password; set user and password beside it");
            }
        }
    }

    /** None where there is no server. */
    @TestFactory
    Stream<DynamicTest> A_PostgreSQL_server() {
        if (!TestPostgresql.isThere()) {
            return Stream.empty();
        }
        String url = TestPostgresql.url();
        return Stream.of(
                DynamicTest.dynamicTest("that refuses the password says so without it", () -> {
                    TestPostgresql.askForPassword("asked", "another");
                    says(url, "asked", "s3cret", "state-login", FailureKind.UNAUTHORIZED);
                }),
                DynamicTest.dynamicTest(
                        "without this database says so",
                        () -> says(
                                url.replaceAll("postgres$", "nowhere"),
                                "postgres",
                                "postgres",
                                "state-no-database",
                                FailureKind.NOT_FOUND)),
                DynamicTest.dynamicTest(
                        "that does not run says so and may be tried again",
                        () -> says(
                                "jdbc:postgresql://127.0.0.1:1/x",
                                "postgres",
                                "s3cret",
                                "state-unreachable",
                                FailureKind.UNAVAILABLE)),
                DynamicTest.dynamicTest("that gives the user no right to create tables says so", () -> {
                    TestPostgresql.execute("create role powerless login password 's3cret'");
                    says(url, "powerless", "s3cret", "state-rights", FailureKind.FORBIDDEN);
                }),
                DynamicTest.dynamicTest("lets a user without the right to create use tables that are there", () -> {
                    String schema = TestPostgresql.schema();
                    use(JdbcState.postgresql(url, TestPostgresql.USER, TestPostgresql.PASSWORD, schema)
                            .build());
                    TestPostgresql.execute("create role reader login password 's3cret'");
                    TestPostgresql.execute("grant usage on schema " + schema + " to reader");
                    TestPostgresql.execute(
                            "grant select, insert, update, delete on all tables in schema " + schema + " to reader");
                    try (JdbcState state = JdbcState.postgresql(url, "reader", Secret.of("s3cret"), schema)
                            .build()) {
                        use(state);
                    }
                }));
    }

    private static void says(String url, String user, String password, String code, FailureKind kind) {
        StateException failure = failure(JdbcState.postgresql(url, user, Secret.of(password), "not_there")
                .build());

        assertThat(failure.problem().code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(url).hasMessageContaining("user " + user);
        assertThat(failure.toString()).doesNotContain("s3cret");
    }
}
