package dev.rollcall.formats;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that an evaluation may depend on: the names, the clock, the zone, the seed. Two evaluations of a format with equal
 * ones give the same value. Immutable and thread-safe, as far as the scope, the clock and the listener are.
 *
 * <pre>{@code
 * Evaluation evaluation = Evaluation.of(Scope.record(record)).zone(ZoneId.of("Pacific/Auckland"));
 * }</pre>
 */
public final class Evaluation {
    private final Scope scope;
    private final Clock clock;
    private final ZoneId zone;
    private final long seed;
    private final @Nullable TraceListener trace;

    private Evaluation(Scope scope, Clock clock, ZoneId zone, long seed, @Nullable TraceListener trace) {
        this.scope = Objects.requireNonNull(scope, "scope");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.seed = seed;
        this.trace = trace;
    }

    /** {@return an evaluation with the system clock, in UTC, with seed 0, without a trace} */
    public static Evaluation of(Scope scope) {
        return new Evaluation(scope, Clock.systemUTC(), ZoneOffset.UTC, 0, null);
    }

    /** {@return this evaluation, with another scope} */
    public Evaluation scope(Scope newScope) {
        return new Evaluation(newScope, clock, zone, seed, trace);
    }

    /** {@return this evaluation, with the clock that {@code now()} and {@code today()} ask} */
    public Evaluation clock(Clock newClock) {
        return new Evaluation(scope, newClock, zone, seed, trace);
    }

    /** {@return this evaluation, with the zone of dates that name none} */
    public Evaluation zone(ZoneId newZone) {
        return new Evaluation(scope, clock, newZone, seed, trace);
    }

    /** {@return this evaluation, with the seed of what random functions give; use another one for each record} */
    public Evaluation seed(long newSeed) {
        return new Evaluation(scope, clock, zone, newSeed, trace);
    }

    /** {@return this evaluation, which tells {@code listener} of each name and each function with its value} */
    public Evaluation trace(TraceListener listener) {
        return new Evaluation(scope, clock, zone, seed, Objects.requireNonNull(listener, "listener"));
    }

    /** {@return what names stand for} */
    public Scope scope() {
        return scope;
    }

    /** {@return the clock} */
    public Clock clock() {
        return clock;
    }

    /** {@return the zone of dates that name none} */
    public ZoneId zone() {
        return zone;
    }

    /** {@return the seed} */
    public long seed() {
        return seed;
    }

    /** {@return who listens to the steps of the evaluation, if someone does} */
    public Optional<TraceListener> trace() {
        return Optional.ofNullable(trace);
    }

    @Nullable
    TraceListener listener() {
        return trace;
    }
}
