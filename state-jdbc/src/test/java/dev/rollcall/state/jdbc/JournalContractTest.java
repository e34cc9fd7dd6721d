package dev.rollcall.state.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeOutcome.Result;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a journal promises, wherever it is kept. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.rollcall.state.jdbc.StateKind#all")
class JournalContractTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00.123Z");
    private static final String DIRECTORY = "ldap://127.0.0.1:389/dc=example,dc=test";

    @TempDir
    private Path folder;

    @Parameter
    private StateKind kind;

    private StateKind.TestState state;
    private Journal journal;

    @BeforeEach
    void open() {
        state = kind.open(folder);
        journal = state.journal();
    }

    @AfterEach
    void close() {
        state.close();
    }

    private static RunRecord run(String id) {
        return RunRecord.begun(id, "hr", DIRECTORY, MONDAY, "0af1");
    }

    private static ChangeRecord change(String run, long position) {
        return new ChangeRecord(
                run,
                position,
                ChangeKind.MODIFY,
                "k" + position,
                "cn=" + position + ",dc=example,dc=test",
                "id-" + position,
                null,
                null,
                false,
                List.of(),
                null);
    }

    private static List<ChangeRecord> changes(String run, int count) {
        return LongStream.range(0, count).mapToObj(each -> change(run, each)).toList();
    }

    private static ChangeOutcome outcome(long position, Result result) {
        return new ChangeOutcome(position, result, null, null, MONDAY.plusSeconds(position));
    }

    private static <T> List<T> all(Stream<T> stream) {
        try (stream) {
            return stream.toList();
        }
    }

    @Nested
    class Without_any_run {
        @Test
        void there_is_nothing_to_list_or_settle() {
            assertThat(all(journal.runs())).isEmpty();
            assertThat(all(journal.changes("r1"))).isEmpty();
            assertThat(all(journal.unsettled(DIRECTORY))).isEmpty();
            assertThat(journal.run("r1")).isEmpty();
            journal.forget(MONDAY);
            journal.settle("r1", List.of());
        }

        @Test
        void a_run_that_is_not_there_cannot_be_marked_or_settled() {
            assertThatThrownBy(() -> journal.mark("r1", RunState.UNDONE, MONDAY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the journal has no run of the id r1");
            assertThatThrownBy(() -> journal.settle("r1", List.of(outcome(0, Result.DONE))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the journal has no run of the id r1");
        }
    }

    @Nested
    class A_run {
        @Test
        void is_listed_as_it_began() {
            RunRecord undo = run("r1").undoing("r0");

            journal.begin(undo).close();

            assertThat(all(journal.runs())).containsExactly(undo);
            assertThat(journal.run("r1")).contains(undo);
        }

        @Test
        void is_listed_as_it_ended() {
            Counts counts = Counts.of(Map.of(ChangeKind.CREATE, 3, ChangeKind.GROUP_ADD, 20_000));
            try (JournalWriter writer = journal.begin(run("r1"))) {
                writer.end(RunState.FAILED, counts, MONDAY.plusSeconds(9));
            }

            assertThat(journal.run("r1")).contains(run("r1").ended(RunState.FAILED, counts, MONDAY.plusSeconds(9)));
        }

        @Test
        void has_an_id_of_its_own() {
            journal.begin(run("r1")).close();

            assertThatThrownBy(() -> journal.begin(run("r1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the journal has a run of the id r1");
        }

        @Test
        void keeps_its_end_when_it_is_marked() {
            try (JournalWriter writer = journal.begin(run("r1"))) {
                writer.end(RunState.DONE, Counts.none(), MONDAY.plusSeconds(9));
            }

            journal.mark("r1", RunState.UNDONE, MONDAY.plusSeconds(99));

            assertThat(journal.run("r1"))
                    .contains(run("r1").ended(RunState.UNDONE, Counts.none(), MONDAY.plusSeconds(9)));
        }

        @Test
        void ends_when_it_is_marked_without_an_end() {
            journal.begin(run("r1")).close();

            journal.mark("r1", RunState.FAILED, MONDAY.plusSeconds(99));

            assertThat(journal.run("r1")).contains(run("r1").in(RunState.FAILED, MONDAY.plusSeconds(99)));
        }

        @Test
        void is_listed_before_those_that_began_earlier() {
            for (String id : List.of("r1", "r2", "r3")) {
                journal.begin(run(id)).close();
            }

            assertThat(all(journal.runs())).extracting(RunRecord::id).containsExactly("r3", "r2", "r1");
        }
    }

    @Nested
    class A_change {
        @Test
        void is_read_as_it_was_written() {
            List<RecordedAttribute> attributes = List.of(
                    new RecordedAttribute(
                            "sn",
                            List.of(new ASN1OctetString("Meier")),
                            List.of(new ASN1OctetString("Müller"), new ASN1OctetString("Мюллер")),
                            false),
                    new RecordedAttribute(
                            "jpegPhoto", List.of(new ASN1OctetString(new byte[] {0, -1, 127, -128})), List.of(), false),
                    new RecordedAttribute("salary", List.of(), List.of(new ASN1OctetString("5f3a")), true));
            ChangeRecord full = new ChangeRecord(
                    "r1",
                    7,
                    ChangeKind.MOVE,
                    "4711",
                    "cn=Eva,ou=a,dc=example,dc=test",
                    "0f9c",
                    "cn=Eva,ou=b,dc=example,dc=test",
                    "cn=staff,dc=example,dc=test",
                    true,
                    attributes,
                    null);
            record(full);

            assertThat(all(journal.changes("r1"))).containsExactly(full);
        }

        /** A database of UTF-8 keeps neither U+0000 nor half a surrogate pair, and both are in what applications send. */
        @Test
        void may_have_any_characters_in_its_key_and_problem() {
            String odd = "a\u0000b\uD800c\uDC00\uE000d\uE00041 \uD83D\uDE00 '\"\\%_";
            ChangeRecord intent =
                    new ChangeRecord("r1", 0, ChangeKind.CREATE, odd, odd, null, odd, odd, false, List.of(), null);
            try (JournalWriter writer = journal.begin(run("r1"))) {
                writer.record(List.of(intent), List.of());
                writer.record(List.of(), List.of(new ChangeOutcome(0, Result.NOT_DONE, odd, odd, MONDAY)));
            }

            assertThat(all(journal.changes("r1")))
                    .containsExactly(intent.with(new ChangeOutcome(0, Result.NOT_DONE, odd, odd, MONDAY)));
        }

        @Test
        void has_no_outcome_until_one_is_recorded() {
            try (JournalWriter writer = journal.begin(run("r1"))) {
                writer.record(changes("r1", 2), List.of());
                assertThat(all(journal.changes("r1"))).allMatch(ChangeRecord::isUnsettled);
                writer.record(List.of(change("r1", 2)), List.of(outcome(1, Result.DONE)));
            }

            List<ChangeRecord> changes = all(journal.changes("r1"));
            assertThat(changes).extracting(ChangeRecord::isUnsettled).containsExactly(true, false, true);
            assertThat(changes).extracting(ChangeRecord::id).containsExactly("id-0", "id-1", "id-2");
            assertThat(changes.get(1).result()).hasValueSatisfying(outcome -> {
                assertThat(outcome.result()).isEqualTo(Result.DONE);
                assertThat(outcome.at()).isEqualTo(MONDAY.plusSeconds(1));
            });
        }

        @Test
        void of_a_new_entry_gets_the_id_that_the_outcome_brings() {
            ChangeRecord create = new ChangeRecord(
                    "r1", 0, ChangeKind.CREATE, "4711", "cn=Eva", null, null, null, false, List.of(), null);
            try (JournalWriter writer = journal.begin(run("r1"))) {
                writer.record(List.of(create), List.of());
                writer.record(List.of(), List.of(new ChangeOutcome(0, Result.DONE, "new-id", null, MONDAY)));
            }

            assertThat(all(journal.changes("r1"))).extracting(ChangeRecord::id).containsExactly("new-id");
        }

        private void record(ChangeRecord change) {
            try (JournalWriter writer = journal.begin(run("r1"))) {
                writer.record(List.of(change), List.of());
            }
        }
    }

    @Nested
    class Unsettled_changes {
        @Test
        void are_those_of_one_directory_without_a_known_outcome_in_the_order_of_the_runs() {
            begin("r1", DIRECTORY, List.of(outcome(0, Result.DONE), outcome(1, Result.UNKNOWN)));
            begin("r2", "ldap://127.0.0.2", List.of());
            begin("r3", DIRECTORY, List.of(outcome(0, Result.CONFLICT), outcome(1, Result.NOT_DONE)));

            assertThat(all(journal.unsettled(DIRECTORY)))
                    .extracting(change -> change.run() + " " + change.position())
                    .containsExactly("r1 1", "r1 2", "r3 2");
        }

        @Test
        void can_be_settled_while_they_are_read() {
            begin("r1", DIRECTORY, List.of());

            try (Stream<ChangeRecord> unsettled = journal.unsettled(DIRECTORY)) {
                unsettled.forEach(
                        change -> journal.settle(change.run(), List.of(outcome(change.position(), Result.CONFLICT))));
            }

            assertThat(all(journal.unsettled(DIRECTORY))).isEmpty();
            assertThat(all(journal.changes("r1")))
                    .extracting(change -> change.result().orElseThrow().result())
                    .containsExactly(Result.CONFLICT, Result.CONFLICT, Result.CONFLICT);
        }

        private void begin(String id, String target, List<ChangeOutcome> outcomes) {
            try (JournalWriter writer = journal.begin(RunRecord.begun(id, "hr", target, MONDAY, "0af1"))) {
                writer.record(changes(id, 3), List.of());
                writer.record(List.of(), outcomes);
            }
        }
    }

    @Nested
    class Forgetting {
        @Test
        void removes_runs_that_ended_earlier_with_their_changes() {
            ended("old", MONDAY.minus(Duration.ofDays(2)), 3);
            ended("new", MONDAY, 3);
            journal.begin(run("going")).close();

            journal.forget(MONDAY);

            assertThat(all(journal.runs())).extracting(RunRecord::id).containsExactly("going", "new");
            assertThat(all(journal.changes("old"))).isEmpty();
            assertThat(all(journal.changes("new"))).hasSize(3);
        }

        @Test
        void leaves_a_run_with_a_change_that_nobody_knows_the_end_of() {
            ended("old", MONDAY.minus(Duration.ofDays(2)), 2);

            journal.forget(MONDAY);

            assertThat(all(journal.changes("old"))).hasSize(3);
        }

        private void ended(String id, Instant at, int settled) {
            try (JournalWriter writer = journal.begin(run(id))) {
                writer.record(changes(id, 3), List.of());
                writer.record(
                        List.of(),
                        LongStream.range(0, settled)
                                .mapToObj(each -> outcome(each, Result.DONE))
                                .toList());
                writer.end(RunState.DONE, Counts.none(), at);
            }
        }
    }

    @Test
    void a_run_that_is_cancelled_by_an_interrupt_records_what_became_of_its_changes() {
        try (JournalWriter writer = journal.begin(run("r1"))) {
            writer.record(changes("r1", 1), List.of());
            Thread.currentThread().interrupt();
            writer.record(List.of(), List.of(outcome(0, Result.DONE)));
            writer.end(RunState.FAILED, Counts.none(), MONDAY);

            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(all(journal.changes("r1"))).noneMatch(ChangeRecord::isUnsettled);
        assertThat(journal.run("r1")).get().extracting(RunRecord::state).isEqualTo(RunState.FAILED);
    }

    @Test
    void many_changes_are_read_in_the_order_of_their_positions() {
        try (JournalWriter writer = journal.begin(run("r1"))) {
            for (long start = 0; start < 5_000; start += 1_000) {
                writer.record(
                        LongStream.range(start, start + 1_000)
                                .mapToObj(each -> change("r1", each))
                                .toList(),
                        List.of());
            }
        }

        try (Stream<ChangeRecord> changes = journal.changes("r1")) {
            assertThat(changes.map(ChangeRecord::position))
                    .containsExactlyElementsOf(
                            LongStream.range(0, 5_000).boxed().toList());
        }
    }

    @Test
    void streams_that_are_closed_before_their_end_hold_nothing() {
        journal.begin(run("r1")).record(changes("r1", 3), List.of());

        for (int each = 0; each < 20; each++) {
            try (Stream<ChangeRecord> changes = journal.changes("r1")) {
                assertThat(changes.findFirst()).isPresent();
            }
        }
    }
}
