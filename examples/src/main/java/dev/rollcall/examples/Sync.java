package dev.rollcall.examples;

import dev.rollcall.configuration.DataSource;
import dev.rollcall.connector.AuthorizationRequest;
import dev.rollcall.connector.AuthorizationResult;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.provisioning.Directory;
import dev.rollcall.provisioning.DirectoryException;
import dev.rollcall.provisioning.GuardrailVerdict;
import dev.rollcall.provisioning.Guardrails;
import dev.rollcall.provisioning.Outcomes;
import dev.rollcall.provisioning.Plan;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code sync FILE}: plans, and with {@code --apply} applies. Not thread-safe: for one thread at a time. */
final class Sync {
    private static final Arguments.Shape SHAPE = new Arguments.Shape(
            List.of("FILE"),
            List.of(),
            Set.of("--apply", "--strict", "--explain"),
            Set.of("--allow", "--keys", "--expect-plan", "--report", "--ldif", "--html", "--data-source"));

    /** Pages are fetched ahead where the application numbers them. */
    private static final int THREADS = 4;

    private static final int MOST_FAILURES = 20;

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
        Given given = new Given(arguments, terminal);
        Optional<DataSource> source = given.configuration(arguments.name(0))
                .flatMap(configuration -> given.dataSource(configuration, arguments.option("--data-source")));
        for (String name : arguments.list("--allow")) {
            if (!Guardrails.names().contains(name.split(":", 2)[0])) {
                String remedy = Suggestion.remedy(name, Guardrails.names());
                given.add(Problem.of("unknown-word", "--allow", "there is no guardrail '" + name + "'", remedy));
            }
        }
        if (arguments.option("--html").isPresent()) {
            given.add(Problem.of("not-built-yet", "--html", "not built yet", "use --report"));
        }
        Optional<Path> report = given.output(arguments, "--report");
        Optional<Path> ldif = given.output(arguments, "--ldif");
        given.check();
        return new Sync(source.orElseThrow(), arguments, terminal, new Outputs(report, ldif, terminal)).run();
    }

    private ExitStatus run() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "fetch");
            thread.setDaemon(true);
            return thread;
        });
        ConnectorContext context = ConnectorContext.defaults().executor(threads);
        try (Progress progress = new Progress(terminal);
                Connector connector = new WatchedConnector(source.connector().open(context), progress);
                Directory directory = source.directory().open()) {
            return reconcile(connector, directory, progress);
        } catch (DirectoryException e) {
            terminal.complain("directory: " + e.kind() + ", " + e.getMessage());
            outputs.ended(e);
            return ExitStatus.DIRECTORY;
        } catch (ConnectorException e) {
            terminal.complain("source: " + e.kind() + ", " + e.getMessage());
            if (e.kind() == FailureKind.CONSENT_REQUIRED) {
                terminal.complain("a person must agree: examples/run authorize " + arguments.name(0));
            }
            outputs.ended(e);
            return ExitStatus.SOURCE;
        } finally {
            threads.shutdownNow();
        }
    }

    private ExitStatus reconcile(Connector connector, Directory directory, Progress progress) {
        if (connector.authorize(AuthorizationRequest.begin()) instanceof AuthorizationResult.SendPersonTo) {
            terminal.complain("source: a person must agree: examples/run authorize " + arguments.name(0));
            return ExitStatus.SOURCE;
        }
        List<String> keys = arguments.list("--keys");
        ReconcilerBuilder builder = source.reconciler(connector, directory)
                .keys(keys)
                .listener(outcome -> progress.add("changes tried", 1));
        arguments.list("--allow").forEach(builder::allow);
        if (arguments.flag("--explain")) {
            builder.explained();
        }
        Reconciler reconciler = builder.build();
        try (Plan plan = reconciler.plan()) {
            progress.clear();
            new PlanPrinter(terminal).print(plan);
            return finish(reconciler, plan, keys.isEmpty(), progress);
        }
    }

    private ExitStatus finish(Reconciler reconciler, Plan plan, boolean everybody, Progress progress) {
        List<ExitStatus> statuses = new ArrayList<>();
        boolean apply = arguments.flag("--apply");
        if (everybody && !plan.source().isComplete() && !source.isDelta()) {
            statuses.add(ExitStatus.SOURCE);
            terminal.complain("source: not read whole, "
                    + plan.source().reason().orElse("for an unknown reason") + "; nothing is written");
            apply = false;
        }
        if (!plan.guardrails().passed()) {
            statuses.add(ExitStatus.GUARDRAIL);
            apply &= plan.guardrails().decision() != GuardrailVerdict.Decision.STOPPED;
        }
        Optional<String> expected = arguments.option("--expect-plan");
        if (expected.isPresent() && !matches(plan.hash(), expected.get())) {
            statuses.add(ExitStatus.GUARDRAIL);
            terminal.complain("the plan is not the expected one but " + plan.hash() + "; nothing is written");
            apply = false;
        }
        if (arguments.flag("--strict") && !plan.conflicts().isEmpty()) {
            statuses.add(ExitStatus.INCOMPLETE);
        }
        outputs.ldif(plan);
        if (!apply) {
            outputs.report(plan);
            return ExitStatus.first(statuses);
        }
        try (Outcomes outcomes = reconciler.apply(plan)) {
            progress.clear();
            outputs.report(plan, outcomes);
            statuses.add(applied(outcomes));
            return ExitStatus.first(statuses);
        }
    }

    private ExitStatus applied(Outcomes outcomes) {
        terminal.print("applied: " + PlanPrinter.numbers(outcomes.counts()));
        outcomes.failures().stream().limit(MOST_FAILURES).forEach(failure -> terminal.complain("failed: " + failure));
        if (outcomes.failures().size() > MOST_FAILURES) {
            terminal.complain(
                    "... and more, " + Texts.number(outcomes.failures().size()) + " in all; --report has them");
        }
        if (!outcomes.stopped().isEmpty()) {
            terminal.complain("stopped: " + outcomes.stopped() + "; not tried: " + Texts.number(outcomes.notTried()));
        }
        if (outcomes.directoryLost().isPresent()) {
            terminal.complain("directory: " + outcomes.directoryLost().get().getMessage());
            return ExitStatus.DIRECTORY;
        }
        return outcomes.failures().isEmpty() && outcomes.stopped().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    /** The whole hash, or as many of its first digits as a person copied. */
    private static boolean matches(String hash, String expected) {
        return expected.length() >= 12 && hash.startsWith(expected);
    }
}
