package dev.rollcall.state.jdbc;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Secret;
import dev.rollcall.provisioning.journal.ChangeOutcome;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.JournalWriter;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.journal.RunState;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.Counts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Records runs until it is killed, and prints what was acknowledged: {@code began RUN}, {@code recorded RUN FIRST COUNT},
 * {@code ended RUN}. With {@code measure} it records 100 batches of 1,000 changes, each with the outcomes of the batch before, and
 * prints how many it recorded a second.
 *
 * <p>Arguments: {@code sqlite FOLDER} or {@code postgresql URL SCHEMA}; then a seed, or {@code measure}.
 */
final class RecordingProgram {
    static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");

    private static final int BATCHES = 100;
    private static final int BATCH = 1_000;

    private RecordingProgram() {}

    public static void main(String[] args) {
        String last = args[args.length - 1];
        try (JdbcState state = open(args)) {
            Journal journal = state.journal().orElseThrow();
            if (last.equals("measure")) {
                measure(journal);
            } else {
                SplittableRandom random = new SplittableRandom(Long.parseLong(last));
                while (true) {
                    run(journal, random);
                }
            }
        }
    }

    private static JdbcState open(String[] args) {
        return args[0].equals("sqlite")
                ? JdbcState.sqlite(Path.of(args[1])).build()
                : JdbcState.postgresql(args[1], "postgres", Secret.of("postgres"), args[2])
                        .build();
    }

    private static void run(Journal journal, SplittableRandom random) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        try (JournalWriter writer = journal.begin(RunRecord.begun(id, "hr", "ldap://x", MONDAY, "0af1"))) {
            say("began " + id);
            long position = 0;
            List<ChangeOutcome> outcomes = List.of();
            for (int batch = random.nextInt(1, 12); batch > 0; batch--) {
                int count = random.nextInt(1, 300);
                writer.record(changes(id, position, count), outcomes);
                say("recorded " + id + " " + position + " " + count);
                outcomes = outcomes(position, count);
                position += count;
            }
            writer.record(List.of(), outcomes);
            writer.end(RunState.DONE, Counts.none(), MONDAY);
            say("ended " + id);
        }
    }

    private static void measure(Journal journal) {
        try (JournalWriter writer =
                journal.begin(RunRecord.begun(UUID.randomUUID().toString(), "hr", "ldap://x", MONDAY, "0af1"))) {
            String id = "measured";
            writer.record(changes(id, 0, BATCH), List.of());
            long start = System.nanoTime();
            for (int batch = 1; batch <= BATCHES; batch++) {
                long first = (long) batch * BATCH;
                writer.record(changes(id, first, BATCH), outcomes(first - BATCH, BATCH));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            say(String.format(
                    "%.1f commits/s, %.0f changes/s with their outcomes",
                    BATCHES / seconds, BATCHES * BATCH / seconds));
        }
    }

    /** Changes about as large as those of a first load. */
    static List<ChangeRecord> changes(String run, long first, int count) {
        List<ChangeRecord> changes = new ArrayList<>(count);
        for (long each = first; each < first + count; each++) {
            List<RecordedAttribute> attributes = new ArrayList<>();
            for (String name :
                    List.of("sn", "givenName", "mail", "telephoneNumber", "title", "department", "l", "uid")) {
                attributes.add(new RecordedAttribute(
                        name, List.of(), List.of(new ASN1OctetString(name + " of person " + each)), false));
            }
            changes.add(new ChangeRecord(
                    run,
                    each,
                    ChangeKind.CREATE,
                    "k" + each,
                    "cn=Person " + each + ",ou=people,dc=example,dc=test",
                    null,
                    null,
                    null,
                    false,
                    attributes,
                    null));
        }
        return changes;
    }

    private static List<ChangeOutcome> outcomes(long first, int count) {
        List<ChangeOutcome> outcomes = new ArrayList<>(count);
        for (long each = first; each < first + count; each++) {
            outcomes.add(new ChangeOutcome(
                    each,
                    ChangeOutcome.Result.DONE,
                    "5f0c0a6e-0000-4000-8000-" + (100_000_000_000L + each),
                    null,
                    MONDAY));
        }
        return outcomes;
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
