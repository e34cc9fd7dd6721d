package dev.rollcall.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * The runs of all programs in several rounds, and what is to be thought of them: a ratio is made of two runs of one round, so
 * that a machine that becomes slower does not count against one of them. Not thread-safe: for one thread at a time.
 */
final class Comparison {
    /**
     * What a run took, and what the server counted meanwhile.
     *
     * @param megabytes the most memory that the process had
     * @param counts what was written, in words
     */
    record Run(long milliseconds, long megabytes, String counts, Map<String, Long> operations) {}

    private static final String OURS = "rollcall";
    private static final String FIRST_LOAD = "first load";

    private final int people;
    private final Map<String, Map<String, List<Run>>> runs = new LinkedHashMap<>();

    Comparison(int people) {
        this.people = people;
    }

    void add(String program, String situation, Run run) {
        runs.computeIfAbsent(program, none -> new LinkedHashMap<>())
                .computeIfAbsent(situation, none -> new ArrayList<>())
                .add(run);
    }

    /** Prints medians and ratios; whether all targets are met, and all programs did the same. */
    boolean judge() {
        boolean met = true;
        Map<String, List<Run>> ours = runs.getOrDefault(OURS, Map.of());
        for (Map.Entry<String, Map<String, List<Run>>> program : runs.entrySet()) {
            program.getValue().forEach((situation, all) -> print(program.getKey(), situation, all));
        }
        for (Map.Entry<String, Map<String, List<Run>>> program : runs.entrySet()) {
            if (!program.getKey().equals(OURS)) {
                for (Map.Entry<String, List<Run>> situation : program.getValue().entrySet()) {
                    List<Run> own = ours.getOrDefault(situation.getKey(), List.of());
                    met &= own.isEmpty() || judge(situation.getKey(), own, program.getKey(), situation.getValue());
                }
            }
        }
        for (Run run : ours.getOrDefault(FIRST_LOAD, List.of())) {
            long searches = run.operations().getOrDefault("Search", 0L);
            System.out.printf(
                    Locale.ROOT, "first load   %,d searches beside the adds (target %,d)%n", searches, people / 50);
            met &= searches <= people / 50;
        }
        return met;
    }

    private static void print(String program, String situation, List<Run> all) {
        Spread time = Spread.of(all, all, (run, same) -> run.milliseconds());
        Spread memory = Spread.of(all, all, (run, same) -> run.megabytes());
        System.out.printf(
                Locale.ROOT,
                "%-12s %-15s %,7.0f ms (%,.0f to %,.0f), %,.0f MB%n",
                situation,
                program,
                time.median(),
                time.least(),
                time.most(),
                memory.median());
    }

    private boolean judge(String situation, List<Run> own, String program, List<Run> others) {
        for (Run other : others) {
            if (!other.counts().equals(own.get(0).counts())) {
                System.out.printf("%s: %s did something else: %s%n", situation, program, other.counts());
                return false;
            }
        }
        Spread ratio = Spread.of(own, others, (ours, theirs) -> (double) ours.milliseconds() / theirs.milliseconds());
        Spread memory = Spread.of(own, others, (ours, theirs) -> (double) ours.megabytes() / theirs.megabytes());
        double target = target(situation, program);
        boolean memoryCounts = program.startsWith("connid");
        System.out.printf(
                Locale.ROOT,
                "%-12s takes %.2f (%.2f to %.2f) of the time of %s (target %.2f), %.2f of its memory%s%n",
                situation,
                ratio.median(),
                ratio.least(),
                ratio.most(),
                program,
                target,
                memory.median(),
                memoryCounts ? " (target 0.67)" : "");
        return ratio.median() <= target && (!memoryCounts || memory.median() <= 2.0 / 3);
    }

    /** The most that we may take, as a part of another program's time. */
    private double target(String situation, String program) {
        boolean first = situation.equals(FIRST_LOAD);
        return switch (program) {
            case "minimal" -> first ? people < 100_000 ? 1.5 : 1.35 : people < 20_000 ? 1.3 : 1.1;
            case "minimal-checked" -> first || people >= 20_000 ? 1.1 : 1.3;
            case "connid-bulk" -> first ? 1 / 1.4 : 1;
            default -> first ? 1 / 3.5 : 1 / 6.0;
        };
    }

    /** The middle of several figures, and how far apart they are. */
    private record Spread(double least, double median, double most) {
        static Spread of(List<Run> some, List<Run> others, ToDoubleBiFunction<Run, Run> figure) {
            double[] sorted = new double[Math.min(some.size(), others.size())];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = figure.applyAsDouble(some.get(i), others.get(i));
            }
            Arrays.sort(sorted);
            double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }
}
