package dev.rollcall.examples;

import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.state.StateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** {@code sync FILE}: plans, and with {@code --apply} applies. Not thread-safe: for one thread at a time. */
final class Sync {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(
            List.of("FILE"),
            List.of(),
            Set.of("--apply", "--strict", "--explain"),
            Set.of("--allow", "--keys", "--expect-plan", "--wait", "--report", "--ldif", "--html", "--data-source"));

    /** Pages are fetched ahead where the application numbers them. */
    private static final int THREADS = 4;

    private final DataSource source;
    private final Arguments arguments;
    private final Terminal terminal;
    private final Outputs outputs;

    private Sync(DataSource source, Arguments arguments, Terminal terminal, Outputs outputs) {
        this.source = source;
        this.arguments = arguments;
        this.terminal = terminal;
        this.outputs = outputs;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<Configuration> configuration = given.configuration(arguments.name(0));
        Optional<DataSource> source =
                configuration.flatMap(read -> given.dataSource(read, arguments.option("--data-source")));
        given.limits(arguments);
        Optional<Path> report = given.output(arguments, "--report");
        Optional<Path> ldif = given.output(arguments, "--ldif");
        Optional<Path> html = given.output(arguments, "--html");
        given.check();
        Outputs outputs = new Outputs(report, html, ldif, "", terminal);
        return OpenState.during(
                configuration.orElseThrow(), new Sync(source.orElseThrow(), arguments, terminal, outputs)::run);
    }

    private ExitStatus run() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "fetch");
            thread.setDaemon(true);
            return thread;
        });
        ConnectorContext context = ConnectorContext.defaults().executor(threads);
        try (Progress progress = new Progress(terminal);
                Connector connector = source.connector().open(context);
                Directory directory = source.directory().open()) {
            return reconcile(connector, directory, progress);
        } catch (DirectoryException e) {
            return refused(e, null);
        } catch (StateException e) {
            terminal.complain(e.kind() + ", " + e.getMessage());
            outputs.ended(Outputs.Part.STATE, null, String.valueOf(e.getMessage()));
            return ExitStatus.STATE;
        } catch (ConnectorException e) {
            terminal.complain("source: " + e.kind() + ", " + e.getMessage());
            if (e.kind() == FailureKind.CONSENT_REQUIRED) {
                terminal.complain("a person must agree: examples/run authorize " + arguments.name(0));
            }
            outputs.ended(Outputs.Part.SOURCE, null, String.valueOf(e.getMessage()));
            return ExitStatus.SOURCE;
        } finally {
            threads.shutdownNow();
        }
    }

    private ExitStatus reconcile(Connector connector, Directory directory, Progress progress) {
        if (connector.authorize(AuthorizationRequest.begin()) instanceof AuthorizationResult.SendPersonTo) {
            String why = "a person must agree: examples/run authorize " + arguments.name(0);
            terminal.complain("source: " + why);
            outputs.ended(Outputs.Part.SOURCE, null, why);
            return ExitStatus.SOURCE;
        }
        try {
            return new ReconcileCommand(arguments, terminal, outputs, progress)
                    .reach(source.reconciler(connector, directory), source.isDelta());
        } catch (DirectoryException e) {
            return refused(e, server(directory, e));
        }
    }

    private ExitStatus refused(DirectoryException e, @Nullable String server) {
        terminal.complain("directory: " + e.kind() + ", " + e.getMessage());
        outputs.ended(Outputs.Part.DIRECTORY, server, String.valueOf(e.getMessage()));
        return ExitStatus.DIRECTORY;
    }

    /** The server that refused; nothing if none answered. */
    private static @Nullable String server(Directory directory, DirectoryException refusal) {
        if (refusal.kind() == FailureKind.UNAVAILABLE || refusal.kind() == FailureKind.TIMEOUT) {
            return null;
        }
        try {
            return directory.server();
        } catch (DirectoryException e) {
            return null;
        }
    }
}
