package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.springframework.expression.spel.SpelCompilerMode;

/** {@code benchmarks/run-formats}: proves that all make the same entries, and measures what each takes for one. */
public final class CompareMappings {
    private CompareMappings() {}

    /** Exits with 1 if a target is missed. */
    public static void main(String[] args) throws RunnerException {
        verify();
        Map<String, Double> nanos = measure();
        double ours = nanos.getOrDefault("rollcall", Double.NaN);
        System.out.printf(Locale.ROOT, "%n%-14s %10s %10s%n", "", "ns/record", "rollcall=1");
        nanos.forEach(
                (name, time) -> System.out.printf(Locale.ROOT, "%-14s %,10.0f %10.2f%n", name, time, time / ours));
        System.out.println();
        boolean met = target("hand-written Java, at most 3 times", ours / value(nanos, "handWritten"), true, 3);
        met &= target("JEXL, at least 5 times faster", value(nanos, "jexl") / ours, false, 5);
        met &= target("SpEL, at least 5 times faster", value(nanos, "spel") / ours, false, 5);
        met &= TenThousandTests.run();
        System.exit(met ? 0 : 1);
    }

    private static double value(Map<String, Double> nanos, String name) {
        return nanos.getOrDefault(name, Double.NaN);
    }

    private static boolean target(String what, double ratio, boolean most, double limit) {
        boolean met = most ? ratio <= limit : ratio >= limit;
        System.out.printf(Locale.ROOT, "%-40s %6.2f  %s%n", what, ratio, met ? "met" : "MISSED");
        return met;
    }

    /** Compares the entries of every mapper, compiled expressions included, which need some rounds to be so. */
    static void verify() {
        Map<String, Mapper> others = new LinkedHashMap<>();
        others.put("JEXL", new Jexl());
        others.put("SpEL", new Spel(SpelCompilerMode.OFF));
        others.put("SpEL compiled", new Spel(SpelCompilerMode.MIXED));
        Mapper byHand = new HandWritten();
        for (int round = 0; round < 3; round++) {
            for (Map<String, @Nullable Object> person : People.of(MappingBenchmark.COUNT)) {
                Entry expected = byHand.map(person);
                check("Rollcall", expected, Rollcall.entry(UserRecord.of(person)));
                others.forEach((name, mapper) -> check(name, expected, mapper.map(person)));
            }
        }
    }

    private static void check(String who, Entry expected, Entry found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(who + " makes another entry:\n" + found.toLDIFString() + "\ninstead of\n"
                    + expected.toLDIFString());
        }
    }

    private static Map<String, Double> measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(MappingBenchmark.class.getName())
                        .verbosity(VerboseMode.NORMAL)
                        .build())
                .run();
        Map<String, Double> nanos = new LinkedHashMap<>();
        for (RunResult result : results) {
            nanos.put(
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore());
        }
        return nanos;
    }
}
