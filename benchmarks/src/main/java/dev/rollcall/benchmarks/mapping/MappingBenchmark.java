package dev.rollcall.benchmarks.mapping;

import com.unboundid.ldap.sdk.Entry;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.mapping.DesiredEntry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.expression.spel.SpelCompilerMode;

/** What one record costs, over a page of different ones. Not thread-safe: for one thread at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class MappingBenchmark {
    static final int COUNT = 100;

    private final List<Map<String, @Nullable Object>> people = People.of(COUNT);
    private final List<UserRecord> records = people.stream().map(UserRecord::of).toList();
    private final Mapper handWritten = new HandWritten();
    private final Mapper jexl = new Jexl();
    private final Mapper spel = new Spel(SpelCompilerMode.OFF);
    private final Mapper spelCompiled = new Spel(SpelCompilerMode.MIXED);
    private int next;

    private int next() {
        next = (next + 1) % COUNT;
        return next;
    }

    /** Rollcall. */
    @Benchmark
    public DesiredEntry rollcall() {
        return Rollcall.map(records.get(next()));
    }

    /** Plain Java. */
    @Benchmark
    public Entry handWritten() {
        return handWritten.map(people.get(next()));
    }

    /** Apache Commons JEXL. */
    @Benchmark
    public Entry jexl() {
        return jexl.map(people.get(next()));
    }

    /** The Spring Expression Language as it is by default: interpreted. */
    @Benchmark
    public Entry spel() {
        return spel.map(people.get(next()));
    }

    /** The Spring Expression Language, compiled to bytecode where it can. */
    @Benchmark
    public Entry spelCompiled() {
        return spelCompiled.map(people.get(next()));
    }
}
