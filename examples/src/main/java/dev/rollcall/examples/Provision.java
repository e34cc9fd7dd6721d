package dev.rollcall.examples;

import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.Target;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.provisioning.state.StateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code provision FILE TARGET}: makes an application agree. Not thread-safe: for one thread at a time. */
final class Provision {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(
            List.of("FILE", "TARGET"),
            List.of(),
            Set.of("--apply", "--strict", "--explain"),
            Set.of("--allow", "--keys", "--expect-plan", "--wait", "--report", "--html"));

    /** Writes go on beside each other, as far as the connector's settings let them. */
    private static final int THREADS = 16;

    private final Target target;
    private final Arguments arguments;
    private final Terminal terminal;
    private final Outputs outputs;

    private Provision(Target target, Arguments arguments, Terminal terminal, Outputs outputs) {
        this.target = target;
        this.arguments = arguments;
        this.terminal = terminal;
        this.outputs = outputs;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<Configuration> configuration = given.configuration(arguments.name(0));
        Optional<Target> target = configuration.flatMap(read -> target(given, read, arguments.name(1)));
        given.limits(arguments);
        Optional<Path> report = given.output(arguments, "--report");
        Optional<Path> html = given.output(arguments, "--html");
        given.check();
        Outputs outputs = new Outputs(
                report, html, Optional.empty(), target.map(Target::name).orElseThrow(), terminal);
        return OpenState.during(
                configuration.orElseThrow(), new Provision(target.orElseThrow(), arguments, terminal, outputs)::run);
    }

    private static Optional<Target> target(CommandInput given, Configuration configuration, String name) {
        Optional<Target> target = Optional.ofNullable(configuration.targets().get(name));
        if (target.isEmpty() && !name.isEmpty()) {
            String remedy = configuration.targets().isEmpty()
                    ? "the file has no targets"
                    : Suggestion.remedy(name, configuration.targets().keySet());
            given.add(Problem.of("unknown-name", "TARGET", "there is no target '" + name + "'", remedy));
        }
        return target;
    }

    private ExitStatus run() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "provision");
            thread.setDaemon(true);
            return thread;
        });
        ConnectorContext context = ConnectorContext.defaults().executor(threads);
        try (Progress progress = new Progress(terminal);
                Connector accounts = target.connector().open(context)) {
            if (!granted(accounts, Outputs.Part.APPLICATION)) {
                return ExitStatus.DIRECTORY;
            }
            return target.source().isPresent()
                    ? fromSource(context, accounts, progress)
                    : fromDirectory(accounts, progress);
        } catch (DirectoryException e) {
            terminal.complain("directory: " + e.kind() + ", " + e.getMessage());
            outputs.ended(Outputs.Part.DIRECTORY, null, String.valueOf(e.getMessage()));
            return ExitStatus.DIRECTORY;
        } catch (StateException e) {
            terminal.complain(e.kind() + ", " + e.getMessage());
            outputs.ended(Outputs.Part.STATE, null, String.valueOf(e.getMessage()));
            return ExitStatus.STATE;
        } catch (ConnectorException e) {
            // A source that fails ends in a plan that says so: this is the application, which is in the directory's
            // place.
            terminal.complain("application: " + e.kind() + ", " + e.getMessage());
            outputs.ended(Outputs.Part.APPLICATION, null, String.valueOf(e.getMessage()));
            return ExitStatus.DIRECTORY;
        } finally {
            threads.shutdownNow();
        }
    }

    private ExitStatus fromDirectory(Connector accounts, Progress progress) {
        try (Directory people = target.directory().orElseThrow().open()) {
            return reconcile(target.reconciler(people, accounts), progress);
        }
    }

    private ExitStatus fromSource(ConnectorContext context, Connector accounts, Progress progress) {
        try (Connector people = target.source().orElseThrow().open(context)) {
            try {
                if (!granted(people, Outputs.Part.SOURCE)) {
                    return ExitStatus.SOURCE;
                }
            } catch (ConnectorException e) {
                terminal.complain("source: " + e.kind() + ", " + e.getMessage());
                outputs.ended(Outputs.Part.SOURCE, null, String.valueOf(e.getMessage()));
                return ExitStatus.SOURCE;
            }
            return reconcile(target.reconciler(people, accounts), progress);
        }
    }

    private boolean granted(Connector connector, Outputs.Part which) {
        boolean granted =
                !(connector.authorize(AuthorizationRequest.begin()) instanceof AuthorizationResult.SendPersonTo);
        if (!granted) {
            String why =
                    FailureKind.CONSENT_REQUIRED + ", a person must agree: examples/run authorize " + arguments.name(0);
            terminal.complain(which.word() + ": " + why);
            outputs.ended(which, null, why);
        }
        return granted;
    }

    private ExitStatus reconcile(ReconcilerBuilder builder, Progress progress) {
        return new ReconcileCommand(arguments, terminal, outputs, progress).reach(builder, target.isDelta());
    }
}
