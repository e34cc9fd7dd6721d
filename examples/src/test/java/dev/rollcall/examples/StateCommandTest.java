package dev.rollcall.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.state.Leases.Lease;
import dev.rollcall.state.jdbc.JdbcState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with {@code state: {folder: ..}}. */
class StateCommandTest {
    private static final String PASSWORD = "pa55word";

    @TempDir
    private Path folder;

    private final UserApi api = new UserApi();
    private EmbeddedDirectory directory;

    @BeforeEach
    void start() throws IOException {
        directory = EmbeddedDirectory.start(PASSWORD);
        api.serve(UserApi.users(3));
        configure("state: {folder: kept/state, keep: 30d}");
    }

    @AfterEach
    void stop() {
        directory.close();
        api.close();
    }

    private void configure(String state) throws IOException {
        Files.writeString(
                folder.resolve("people.yaml"),
                SyncSuite.CONFIGURATION.formatted(api.url(), directory.url()) + state + "\n");
    }

    private Captured sync(String... options) {
        List<String> words =
                new ArrayList<>(List.of("sync", folder.resolve("people.yaml").toString()));
        words.addAll(List.of(options));
        return Captured.run(Map.of("API_KEY", "k3y-s3cret", "LDAP_PASSWORD", PASSWORD), words);
    }

    private Path database() {
        return folder.resolve("kept/state/rollcall.db");
    }

    private JdbcState state() {
        return JdbcState.sqlite(folder.resolve("kept/state")).build();
    }

    /** What a run leased, as the table has it. */
    private String leased() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select what from rollcall_leases")) {
            return row.getString(1);
        }
    }

    @Test
    void keeps_nothing_of_a_plan() {
        assertThat(sync().status()).isZero();

        assertThat(database()).doesNotExist();
    }

    @Test
    void records_what_it_does() {
        Captured run = sync("--apply");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        try (JdbcState state = state();
                Stream<RunRecord> runs = state.journal().orElseThrow().runs()) {
            RunRecord only = runs.toList().get(0);
            assertThat(only.state()).isEqualTo(RunState.DONE);
            assertThat(only.dataSource()).isEqualTo("default");
            try (Stream<ChangeRecord> changes = state.journal().orElseThrow().changes(only.id())) {
                assertThat(changes).hasSize(3).noneMatch(ChangeRecord::isUnsettled);
            }
        }
    }

    @Test
    void ends_with_status_7_while_another_run_is_under_way() throws Exception {
        sync("--apply");
        api.serve(UserApi.users(4));
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try (JdbcState state = state()) {
            Lease lease = state.leases()
                    .orElseThrow()
                    .take(leased(), "node-1, process 4711", Duration.ofMinutes(1))
                    .orElseThrow();
            // As a run that is under way.
            var renewing = other.scheduleWithFixedDelay(lease::renew, 0, 50, TimeUnit.MILLISECONDS);

            Captured run =
                    sync("--apply", "--report", folder.resolve("report.json").toString());

            assertThat(renewing.isDone()).isFalse();
            assertThat(run.status()).isEqualTo(7);
            assertThat(run.err()).contains("another run writes to", "node-1, process 4711, since 20", "--wait");
            assertThat(directory.people()).hasSize(3);
            assertThat(new ObjectMapper()
                            .readTree(folder.resolve("report.json").toFile())
                            .at("/state/reason")
                            .asText())
                    .contains("node-1, process 4711");
            assertThat(sync().status()).as("a plan needs no lease").isZero();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void waits_for_a_run_that_is_under_way_as_long_as_it_is_told() throws Exception {
        sync("--apply");
        api.serve(UserApi.users(4));
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try (JdbcState state = state()) {
            Lease lease = state.leases()
                    .orElseThrow()
                    .take(leased(), "node-1, process 4711", Duration.ofMinutes(1))
                    .orElseThrow();
            var closing = other.schedule(lease::close, 100, TimeUnit.MILLISECONDS);

            Captured run = sync("--apply", "--wait", "10m");

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(closing.isDone()).isTrue();
            assertThat(directory.people()).hasSize(4);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void says_what_is_wrong_with_the_waiting_before_anything_is_contacted() {
        assertThat(sync("--wait", "10m").err()).contains("--wait: waits for nothing without --apply");
        Captured run = sync("--apply", "--wait", "soon");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--wait: ", "soon", "nothing was contacted");
    }

    @Test
    void ends_with_status_7_if_the_state_is_damaged_and_writes_nothing() throws IOException {
        Files.createDirectories(database().getParent());
        Files.writeString(database(), "this is not a database".repeat(500));

        Captured run = sync("--apply");

        assertThat(run.status()).isEqualTo(7);
        assertThat(run.err()).contains(database().toString(), "restore the file from a backup");
        assertThat(directory.people()).isEmpty();
    }

    @Test
    void never_writes_a_report_over_its_state() throws IOException {
        Files.createDirectories(database().getParent());

        Captured run = sync("--report", database().toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("is a file that the configuration names");
    }

    @Test
    void takes_off_as_a_word_for_the_tables_and_not_as_a_boolean() throws IOException {
        configure("state: {database: {url: \"jdbc:postgresql://127.0.0.1:1/x\", user: u, password: \"${env.API_KEY}\","
                + " migrate: off}}");

        Captured run = sync("--apply");

        assertThat(run.status()).isEqualTo(7);
        assertThat(run.err())
                .contains("jdbc:postgresql://127.0.0.1:1/x", "check that the server runs")
                .doesNotContain("k3y");
    }
}
