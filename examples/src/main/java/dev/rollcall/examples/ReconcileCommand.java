package dev.rollcall.examples;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.ResourceException;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.Reconciler;
import dev.rollcall.provisioning.ReconcilerBuilder;
import dev.rollcall.provisioning.plan.Change;
import dev.rollcall.provisioning.plan.GuardrailVerdict;
import dev.rollcall.provisioning.plan.Outcomes;
import dev.rollcall.provisioning.plan.Plan;
import dev.rollcall.provisioning.plan.StopReason;
import dev.rollcall.provisioning.policy.PlanProgress;
import dev.rollcall.provisioning.state.RunLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Plans as the options say, decides whether the plan is carried out, has it done, and says how all went. Not thread-safe:
 * for one thread at a time.
 */
final class ReconcileCommand {
    private static final int MOST_FAILURES = 20;
    private static final Setting WAIT = Setting.duration("--wait").between(Duration.ZERO, Duration.ofDays(1));

    private final Arguments arguments;
    private final Terminal terminal;
    private final Outputs outputs;
    private final Progress progress;

    ReconcileCommand(Arguments arguments, Terminal terminal, Outputs outputs, Progress progress) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.outputs = outputs;
        this.progress = progress;
    }

    /**
     * From the plan to the end.
     *
     * @param delta whether the source lists changes only, so that a read that is not whole is no failure
     */
    ExitStatus reach(ReconcilerBuilder builder, boolean delta) {
        try {
            return planned(builder, delta);
        } catch (ResourceException small) {
            return tooSmall(small.kind() + ", " + small.getMessage());
        } catch (OutOfMemoryError full) {
            return tooSmall("memory ran out: " + full.getMessage() + "; give the JVM more of it with -Xmx");
        }
    }

    private ExitStatus tooSmall(String why) {
        progress.clear();
        terminal.complain(Outputs.Part.RESOURCES.word() + ": " + why);
        outputs.ended(Outputs.Part.RESOURCES, null, why);
        return ExitStatus.RESOURCES;
    }

    private ExitStatus planned(ReconcilerBuilder builder, boolean delta) {
        List<String> keys = arguments.csv("--keys");
        if (!keys.isEmpty()) {
            builder.keys(keys);
        }
        return reach(builder, keys.isEmpty() && !delta, Reconciler::plan, Reconciler::plan);
    }

    /**
     * From the plan of an undo to the end.
     *
     * @param run the id of the run in the journal
     */
    ExitStatus undo(ReconcilerBuilder builder, String run) {
        return reach(
                builder, false, reconciler -> reconciler.undo(run), (reconciler, lease) -> reconciler.undo(run, lease));
    }

    private ExitStatus reach(
            ReconcilerBuilder builder,
            boolean whole,
            Function<Reconciler, Plan> planning,
            BiFunction<Reconciler, RunLease, Plan> planningUnderLease) {
        builder.progress((phase, done, total) -> progress.show(noun(phase), done, total));
        AtomicLong all = new AtomicLong();
        AtomicLong tried = new AtomicLong();
        builder.listener(
                outcome -> progress.show("changes tried", tried.incrementAndGet(), OptionalLong.of(all.get())));
        arguments.list("--allow").forEach(builder::allow);
        if (arguments.flag("--explain")) {
            builder.explained();
        }
        try {
            return reach(builder.build(), all, whole, planning, planningUnderLease);
        } catch (ConfigurationException e) {
            return refused(e); // thrown by building and planning only
        }
    }

    private ExitStatus reach(
            Reconciler reconciler,
            AtomicLong planned,
            boolean whole,
            Function<Reconciler, Plan> planning,
            BiFunction<Reconciler, RunLease, Plan> planningUnderLease) {
        if (!arguments.flag("--apply")) {
            try (Plan plan = planning.apply(reconciler)) {
                return conclude(plan, planned, whole, Optional.empty());
            }
        }
        Duration wait = wait(arguments, problem -> {}).orElse(Duration.ZERO);
        try (RunLease lease = reconciler.lease(wait);
                Plan plan = planningUnderLease.apply(reconciler, lease)) {
            return conclude(plan, planned, whole, Optional.of(() -> reconciler.apply(plan, lease)));
        }
    }

    /** {@return how long to wait for a run that is under way, if that is given; what is wrong with it is reported} */
    static Optional<Duration> wait(Arguments arguments, Consumer<Problem> problems) {
        return arguments.option(WAIT.name()).flatMap(given -> WAIT.duration(Value.of(given), WAIT.name(), problems));
    }

    private ExitStatus conclude(Plan plan, AtomicLong planned, boolean whole, Optional<Supplier<Outcomes>> apply) {
        progress.clear();
        if (terminal.isTerminal()) {
            try (Stream<Change> changes = plan.changes()) {
                planned.set(changes.count());
            }
        }
        new PlanPrinter(terminal).print(plan);
        return conclude(plan, whole, apply);
    }

    /** What only a server shows of the configuration: it was asked, and nothing was written. */
    private ExitStatus refused(ConfigurationException e) {
        progress.clear();
        terminal.complain(e.problems());
        terminal.complain(Texts.count(e.problems().size(), "problem") + "; nothing was planned, nothing was written");
        outputs.refused(String.valueOf(e.getMessage()));
        return ExitStatus.INVALID;
    }

    private static String noun(PlanProgress.Phase phase) {
        return switch (phase) {
            case READING -> "users read";
            case SCANNING -> "entries read";
            case PLANNING -> "users planned";
        };
    }

    private ExitStatus conclude(Plan plan, boolean whole, Optional<Supplier<Outcomes>> applying) {
        List<ExitStatus> statuses = new ArrayList<>();
        boolean apply = applying.isPresent();
        if (plan.source().wasCutShort() || (whole && !plan.source().isComplete())) {
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
        if (arguments.flag("--strict")
                && !(plan.conflicts().isEmpty() && plan.notFound().isEmpty())) {
            statuses.add(ExitStatus.INCOMPLETE);
        }
        outputs.ldif(plan);
        if (!apply) {
            outputs.report(plan);
            return first(statuses);
        }
        try (Outcomes outcomes = applying.orElseThrow().get()) {
            progress.clear();
            outputs.report(plan, outcomes);
            statuses.add(applied(outcomes));
            return first(statuses);
        }
    }

    /** What was done is done; the program that waits for the file must learn that it is not there. */
    private ExitStatus first(List<ExitStatus> statuses) {
        if (outputs.failed()) {
            statuses.add(ExitStatus.INCOMPLETE);
        }
        return ExitStatus.first(statuses);
    }

    private ExitStatus applied(Outcomes outcomes) {
        terminal.print("applied: " + PlanPrinter.numbers(outcomes.counts()));
        outcomes.failures().stream().limit(MOST_FAILURES).forEach(failure -> terminal.complain("failed: " + failure));
        if (outcomes.failures().size() > MOST_FAILURES) {
            terminal.complain(
                    "... and more, " + Texts.number(outcomes.failures().size()) + " in all; --report has them");
        }
        if (!outcomes.unreadable().isEmpty()) {
            terminal.complain("written, but the account of the runs cannot read it: "
                    + String.join(", ", outcomes.unreadable())
                    + "; let it read these attributes, or their values are not"
                    + " replaced when they change");
        }
        outcomes.tripped().ifPresent(guardrail -> terminal.print("guardrail " + guardrail));
        StopReason stopped = outcomes.stopped().orElse(null);
        if (stopped != null) {
            terminal.complain("stopped: " + stopped.text() + "; not tried: " + Texts.number(outcomes.notTried()));
            String part = switch (stopped) {
                case DIRECTORY_LOST -> "directory: ";
                case APPLICATION_LOST -> "application: ";
                case OUT_OF_MEMORY, DISK_FULL -> Outputs.Part.RESOURCES.word() + ": ";
                case CANCELLED, TOO_MANY_FAILURES, CALLBACK_FAILED, JOURNAL_LOST, LEASE_LOST -> "";
            };
            outcomes.cause().ifPresent(cause -> terminal.complain(part + cause.getMessage()));
            if (stopped == StopReason.OUT_OF_MEMORY || stopped == StopReason.DISK_FULL) {
                return ExitStatus.RESOURCES;
            } else if (!part.isEmpty()) {
                return ExitStatus.DIRECTORY;
            } else if (stopped == StopReason.LEASE_LOST || stopped == StopReason.JOURNAL_LOST) {
                return ExitStatus.STATE;
            }
        }
        if (outcomes.tripped().isPresent()) {
            return ExitStatus.GUARDRAIL;
        }
        return outcomes.failures().isEmpty() && outcomes.stopped().isEmpty() ? ExitStatus.DONE : ExitStatus.INCOMPLETE;
    }

    /** The whole hash, or as many of its first digits as a person copied. */
    private static boolean matches(String hash, String expected) {
        return expected.length() >= 12 && hash.startsWith(expected);
    }
}
