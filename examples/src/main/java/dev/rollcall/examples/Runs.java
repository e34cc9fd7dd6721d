package dev.rollcall.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.connector.AtomicFile;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.journal.ChangeRecord;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.state.StateException;
import dev.rollcall.provisioning.state.StateStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code runs FILE [RUN]}: lists the runs of the journal, or one with its changes. Not thread-safe: for one thread at a time. */
final class Runs {
    private static final Arguments.Shape SHAPE =
            new Arguments.Shape(List.of("FILE"), List.of("RUN"), Set.of("--json"), Set.of("--report"));

    private static final String ROW = "%-36s  %-12s  %-20s  %-20s  %-20s  %s";

    private final Journal journal;
    private final Terminal terminal;
    private final boolean asJson;
    private final RunJson json = new RunJson();

    Runs(Journal journal, Terminal terminal, boolean asJson) {
        this.journal = journal;
        this.terminal = terminal;
        this.asJson = asJson;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<Configuration> configuration = given.configuration(arguments.name(0));
        Optional<Journal> journal = configuration.flatMap(read -> journal(given, read, "runs"));
        Optional<Path> report = given.output(arguments, "--report");
        given.check();
        return OpenState.during(configuration.orElseThrow(), () -> {
            try {
                return new Runs(journal.orElseThrow(), terminal, arguments.flag("--json"))
                        .list(arguments.name(1), report);
            } catch (StateException e) {
                terminal.complain(e.kind() + ", " + e.getMessage());
                return ExitStatus.STATE;
            }
        });
    }

    /** {@return the journal of a configuration, which must have one} */
    static Optional<Journal> journal(CommandInput given, Configuration configuration, String command) {
        Optional<Journal> journal = configuration.state().flatMap(StateStore::journal);
        if (journal.isEmpty()) {
            given.add(Problem.of(
                    "missing",
                    "state",
                    command + " needs a journal, and the file names no state that keeps one",
                    "set state: {folder: rollcall-state}, or state: {database: {..}}"));
        }
        return journal;
    }

    /** Lists all runs, or the one of this id; empty for all. */
    ExitStatus list(String id, Optional<Path> report) {
        if (!id.isEmpty()) {
            RunRecord run = journal.run(id).orElse(null);
            if (run == null) {
                terminal.complain(List.of(unknown(id)));
                return ExitStatus.INVALID;
            }
            return one(run, report);
        }
        if (!asJson) {
            terminal.print(String.format(Locale.ROOT, ROW, "run", "data source", "start", "end", "status", "counts"));
        }
        try (Stream<RunRecord> runs = journal.runs()) {
            runs.forEach(this::print);
        }
        return report.isEmpty() || written(report.get(), null) ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    /** {@return what to say of an id that the journal does not have} */
    static Problem unknown(String id) {
        return Problem.of(
                "unknown-name",
                "RUN",
                "the journal has no run '" + id + "'",
                "see examples/run runs FILE for their ids");
    }

    private ExitStatus one(RunRecord run, Optional<Path> report) {
        print(run);
        try (Stream<ChangeRecord> changes = journal.changes(run.id())) {
            changes.forEach(this::print);
        }
        return report.isEmpty() || written(report.get(), run) ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    private void print(RunRecord run) {
        if (asJson) {
            terminal.print(json.run(run).toString());
            return;
        }
        terminal.print(String.format(
                Locale.ROOT,
                ROW,
                run.id(),
                run.dataSource(),
                run.start(),
                time(run.end()),
                run.state().word(),
                PlanPrinter.numbers(run.counts())
                        + run.undone().map(id -> "; undoes " + id).orElse("")));
    }

    private static String time(@Nullable Instant moment) {
        return moment == null ? "" : moment.toString();
    }

    private void print(ChangeRecord change) {
        if (asJson) {
            terminal.print(json.change(change).toString());
            return;
        }
        String to = change.newDn() == null ? "" : " to " + change.newDn();
        String in = change.group() == null ? "" : " in " + change.group();
        String why = change.result()
                .map(result -> result.problem())
                .map(text -> ": " + text)
                .orElse("");
        String attributes = String.join(
                ", ",
                change.attributes().stream().map(attribute -> attribute.name()).toList());
        terminal.print(String.format(
                Locale.ROOT,
                "  %-8s  %-11s  %s%s%s%s%s",
                RunJson.outcome(change),
                change.kind().word(),
                change.dn(),
                to,
                in,
                attributes.isEmpty() ? "" : "  (" + attributes + ")",
                why));
    }

    /** Writes all runs, or one with its changes; as a stream, since there may be very many. */
    private boolean written(Path file, @Nullable RunRecord run) {
        try {
            AtomicFile.write(file, out -> write(out, run));
            return true;
        } catch (IOException failed) {
            terminal.complain(file + " cannot be written: " + failed.getMessage());
            return false;
        }
    }

    private void write(OutputStream out, @Nullable RunRecord run) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (JsonGenerator to = new JsonFactory().setCodec(mapper).createGenerator(out)) {
            to.useDefaultPrettyPrinter();
            to.writeStartObject();
            if (run == null) {
                to.writeArrayFieldStart("runs");
                try (Stream<ObjectNode> all = journal.runs().map(json::run)) {
                    write(to, all.iterator());
                }
            } else {
                to.writeObjectField("run", json.run(run));
                to.writeArrayFieldStart("changes");
                try (Stream<ObjectNode> all = journal.changes(run.id()).map(json::change)) {
                    write(to, all.iterator());
                }
            }
            to.writeEndArray();
            to.writeEndObject();
        }
    }

    private static void write(JsonGenerator to, Iterator<ObjectNode> nodes) throws IOException {
        while (nodes.hasNext()) {
            to.writeTree(nodes.next());
        }
    }
}
