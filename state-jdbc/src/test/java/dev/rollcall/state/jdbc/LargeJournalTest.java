package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.Counts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of years: ten million changes in ten thousand runs. */
@Tag("long")
class LargeJournalTest {
    private static final int RUNS = 10_000;
    private static final int CHANGES = 1_000;
    private static final int LAST = 1_000_000;

    @TempDir
    private Path folder;

    private JdbcState state;
    private Journal journal;

    @BeforeEach
    void fill() throws Exception {
        state = JdbcState.sqlite(folder).build();
        journal = state.journal().orElseThrow();
        journal.begin(RunRecord.begun("last", "hr", "ldap://x", RecordingProgram.MONDAY, "0af1"))
                .close();
        byte[] attributes =
                StoredAttributes.bytes(RecordingProgram.changes("", 0, 1).get(0).attributes());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqliteFolder.FILE))) {
            connection.setAutoCommit(false);
            execute(connection, RUNS, null, """
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
                    insert into rollcall_runs (id, data_source, target, started, ended, state, counts, hash)
                    select 'run ' || i, 'hr', 'ldap://x', i, i, 'done', 'create=1000', '0af1' from n""");
            execute(connection, RUNS * CHANGES - LAST, attributes, """
                    with recursive n(i) as (select 0 union all select i + 1 from n where i < ? - 1)
                    insert into rollcall_changes (run, position, kind, person, dn, leaver, attributes, result, at, unsettled)
                    select 2 + i / 1000, i % 1000, 'create', 'k' || i, 'cn=' || i, 0, ?, 'done', i, 0 from n""");
            execute(connection, LAST, attributes, """
                    with recursive n(i) as (select 0 union all select i + 1 from n where i < ? - 1)
                    insert into rollcall_changes (run, position, kind, person, dn, leaver, attributes, result, at, unsettled)
                    select 1, i, 'create', 'k' || i, 'cn=' || i, 0, ?, 'done', i, case i when 777 then 1 else 0 end from n""");
            connection.commit();
        }
    }

    private static void execute(Connection connection, int count, byte[] attributes, String sql) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, count);
            if (attributes != null) {
                statement.setBytes(2, attributes);
            }
            statement.executeUpdate();
        }
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void lists_its_runs_and_what_is_to_be_settled_in_less_than_a_second_and_is_read_in_little_memory() {
        long start = System.nanoTime();
        try (Stream<RunRecord> runs = journal.runs()) {
            assertThat(runs.count()).isEqualTo(RUNS + 1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("listing runs")
                .isLessThan(Duration.ofSeconds(1));

        start = System.nanoTime();
        try (Stream<ChangeRecord> unsettled = journal.unsettled("ldap://x")) {
            assertThat(unsettled.map(ChangeRecord::position)).containsExactly(777L);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("unsettled").isLessThan(Duration.ofSeconds(1));

        // A million changes of 600 bytes would not fit twice.
        AtomicLong most = new AtomicLong();
        AtomicLong count = new AtomicLong();
        try (Stream<ChangeRecord> changes = journal.changes("last")) {
            changes.forEach(change -> {
                if (count.incrementAndGet() % 250_000 == 0) {
                    System.gc();
                    Runtime runtime = Runtime.getRuntime();
                    most.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                }
            });
        }
        assertThat(count).hasValue(LAST);
        assertThat(most.get()).as("memory in use").isLessThan(64L << 20);
    }

    @Test
    void forgets_what_is_old() {
        journal.forget(java.time.Instant.ofEpochMilli(RUNS / 10));

        try (Stream<RunRecord> runs = journal.runs()) {
            assertThat(runs.filter(run -> run.state() == RunState.DONE)
                            .filter(run -> run.counts()
                                    .equals(Counts.of(java.util.Map.of(
                                            dev.rollcall.provisioning.plan.ChangeKind.CREATE, CHANGES))))
                            .count())
                    .isEqualTo(RUNS - RUNS / 10 + 1);
        }
    }
}
