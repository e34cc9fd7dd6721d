package dev.rollcall.examples;

import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.journal.Journal;
import dev.rollcall.provisioning.journal.RunRecord;
import dev.rollcall.provisioning.state.StateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code undo FILE RUN}: plans the undo of a run, and with {@code --apply} applies it. Not thread-safe: for one thread at a time. */
final class Undo {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(
            List.of("FILE", "RUN"),
            List.of(),
            Set.of("--apply", "--strict"),
            Set.of("--allow", "--expect-plan", "--report", "--ldif", "--html", "--data-source", "--wait"));

    private final DataSource source;
    private final Arguments arguments;
    private final Terminal terminal;
    private final Outputs outputs;

    private Undo(DataSource source, Arguments arguments, Terminal terminal, Outputs outputs) {
        this.source = source;
        this.arguments = arguments;
        this.terminal = terminal;
        this.outputs = outputs;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<Configuration> configuration = given.configuration(arguments.name(0));
        Optional<Journal> journal = configuration.flatMap(read -> Runs.journal(given, read, "undo"));
        given.limits(arguments);
        Optional<Path> report = given.output(arguments, "--report");
        Optional<Path> ldif = given.output(arguments, "--ldif");
        Optional<Path> html = given.output(arguments, "--html");
        given.check();
        Outputs outputs = new Outputs(report, html, ldif, "", terminal);
        return OpenState.during(configuration.orElseThrow(), () -> {
            try {
                return undo(configuration.orElseThrow(), journal.orElseThrow(), arguments, terminal, outputs);
            } catch (StateException e) {
                terminal.complain(e.kind() + ", " + e.getMessage());
                outputs.ended(Outputs.Part.STATE, null, String.valueOf(e.getMessage()));
                return ExitStatus.STATE;
            }
        });
    }

    private static ExitStatus undo(
            Configuration configuration, Journal journal, Arguments arguments, Terminal terminal, Outputs outputs) {
        CommandInput given = new CommandInput(arguments, terminal);
        RunRecord run = journal.run(arguments.name(1)).orElse(null);
        if (run == null) {
            given.add(Runs.unknown(arguments.name(1)));
            given.check();
            throw new IllegalStateException("a problem was not reported");
        }
        Optional<String> named = arguments
                .option("--data-source")
                .or(() -> Optional.of(run.dataSource()).filter(configuration.dataSources()::containsKey));
        if (named.isEmpty() && configuration.targets().containsKey(run.dataSource())) {
            given.add(Problem.of(
                    "unsupported",
                    "RUN",
                    "'" + run.id() + "' wrote to the application " + run.dataSource()
                            + ": only what runs did to a directory can be undone",
                    "correct the source, and run provision again"));
        }
        Optional<DataSource> source = given.dataSource(configuration, named);
        given.check();
        return new Undo(source.orElseThrow(), arguments, terminal, outputs).run(run.id());
    }

    private ExitStatus run(String id) {
        try (Progress progress = new Progress(terminal);
                Connector connector = source.connector().open(ConnectorContext.defaults());
                Directory directory = source.directory().open()) {
            return new ReconcileCommand(arguments, terminal, outputs, progress)
                    .undo(source.reconciler(connector, directory), id);
        } catch (DirectoryException e) {
            terminal.complain("directory: " + e.kind() + ", " + e.getMessage());
            outputs.ended(Outputs.Part.DIRECTORY, null, String.valueOf(e.getMessage()));
            return ExitStatus.DIRECTORY;
        } catch (ConnectorException e) {
            terminal.complain("source: " + e.kind() + ", " + e.getMessage());
            outputs.ended(Outputs.Part.SOURCE, null, String.valueOf(e.getMessage()));
            return ExitStatus.SOURCE;
        } catch (IllegalArgumentException | IllegalStateException refused) {
            terminal.complain("undo: " + refused.getMessage());
            return ExitStatus.INVALID;
        }
    }
}
