package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A process that records runs is killed ({@code kill -9}): what was acknowledged is there, and the database is usable. */
class KilledProcessTest {
    private static final int FEW = 3;
    private static final int MANY = 100;

    @TempDir
    private Path parent;

    @TestFactory
    Stream<DynamicTest> loses_nothing_that_was_acknowledged() {
        return kills(FEW);
    }

    @Tag("long")
    @TestFactory
    Stream<DynamicTest> loses_nothing_that_was_acknowledged_however_often_it_is_killed() {
        return kills(MANY);
    }

    /** All kills of one kind meet the same database, as in life. */
    private Stream<DynamicTest> kills(int count) {
        Path folder = parent.resolve("state");
        String schema = TestPostgresql.isThere() ? TestPostgresql.schema() : "";
        Stream<DynamicTest> sqlite = LongStream.rangeClosed(1, count)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "on SQLite, seed " + seed,
                        () -> killed(seed, JdbcState.sqlite(folder).build(), List.of("sqlite", folder.toString()))));
        Stream<DynamicTest> postgresql = LongStream.rangeClosed(1, TestPostgresql.isThere() ? count : 0)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "on PostgreSQL, seed " + seed,
                        () -> killed(
                                seed,
                                JdbcState.postgresql(
                                                TestPostgresql.url(),
                                                TestPostgresql.USER,
                                                TestPostgresql.PASSWORD,
                                                schema)
                                        .build(),
                                List.of("postgresql", TestPostgresql.url(), schema))));
        return Stream.concat(sqlite, postgresql);
    }

    private void killed(long seed, JdbcState state, List<String> where) throws Exception {
        List<String> acknowledged = recordUntilKilled(seed, where);
        Map<String, Long> recorded = new HashMap<>();
        try (state) {
            Journal journal = state.journal().orElseThrow();
            for (String line : acknowledged) {
                String[] words = line.split(" ");
                if (words[0].equals("recorded")) {
                    recorded.put(words[1], Long.parseLong(words[2]) + Long.parseLong(words[3]));
                } else {
                    RunRecord run = journal.run(words[1]).orElseThrow();
                    assertThat(run.state()).isIn(RunState.APPLYING, RunState.DONE);
                    assertThat(words[0].equals("began") || run.state() == RunState.DONE)
                            .as(line)
                            .isTrue();
                }
            }
            for (Map.Entry<String, Long> each : recorded.entrySet()) {
                assertWhole(journal, each.getKey(), each.getValue(), acknowledged);
            }
            journal.begin(RunRecord.begun("after kill " + seed, "hr", "ldap://x", RecordingProgram.MONDAY, "0af1"))
                    .close();
            assertThat(journal.run("after kill " + seed)).isPresent();
        }
    }

    /** Every change that was acknowledged is as it was, and nothing else but whole batches that nobody heard of. */
    private static void assertWhole(Journal journal, String run, long count, List<String> acknowledged) {
        List<ChangeRecord> changes;
        try (Stream<ChangeRecord> stream = journal.changes(run)) {
            changes = stream.toList();
        }
        assertThat(changes).hasSizeGreaterThanOrEqualTo(Math.toIntExact(count));
        List<ChangeRecord> expected = RecordingProgram.changes(run, 0, changes.size());
        for (int each = 0; each < changes.size(); each++) {
            ChangeRecord change = changes.get(each);
            ChangeRecord wanted = expected.get(each);
            assertThat(change.position()).isEqualTo(wanted.position());
            assertThat(change.dn()).isEqualTo(wanted.dn());
            assertThat(change.attributes()).isEqualTo(wanted.attributes());
        }
        if (acknowledged.contains("ended " + run)) {
            assertThat(changes).noneMatch(ChangeRecord::isUnsettled);
        }
    }

    private List<String> recordUntilKilled(long seed, List<String> where) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingProgram.class.getName()));
        command.addAll(where);
        command.add(Long.toString(seed));
        Path errors = Files.createTempFile(parent, "errors", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        List<String> lines = new ArrayList<>();
        int enough = random.nextInt(1, 60);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                lines.add(line);
                if (lines.size() == enough) {
                    LockSupport.parkNanos(random.nextLong(20_000_000));
                    process.toHandle().destroyForcibly(); // Process would close the stream that is still read
                }
                line = out.readLine();
            }
        }
        process.waitFor();
        assertThat(lines).as(Files.readString(errors)).hasSizeGreaterThanOrEqualTo(enough);
        return lines.subList(0, lines.size() - 1); // the last line may be cut
    }
}
