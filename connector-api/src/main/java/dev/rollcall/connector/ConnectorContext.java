package dev.rollcall.connector;

import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * What a host provides to its connectors: a clock, a time zone, threads, a token store and a seed. Immutable and thread-safe.
 *
 * <p>The library owns no threads: work that is to go on beside the caller's runs on the executor, and without one
 * everything happens in the caller's thread.
 */
public final class ConnectorContext {
    private final Clock clock;
    private final ZoneId zone;
    private final Executor executor;
    private final boolean lendsThreads;
    private final TokenStore tokenStore;
    private final long seed;

    private ConnectorContext(
            Clock clock, ZoneId zone, Executor executor, boolean lendsThreads, TokenStore tokenStore, long seed) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.lendsThreads = lendsThreads;
        this.tokenStore = Objects.requireNonNull(tokenStore, "tokenStore");
        this.seed = seed;
    }

    /** {@return the system clock, UTC, no threads, tokens in memory, seed 0} */
    public static ConnectorContext defaults() {
        return new ConnectorContext(Clock.systemUTC(), ZoneOffset.UTC, Runnable::run, false, TokenStore.inMemory(), 0);
    }

    /** {@return a copy with another clock} */
    public ConnectorContext clock(Clock newClock) {
        return new ConnectorContext(newClock, zone, executor, lendsThreads, tokenStore, seed);
    }

    /** {@return a copy with another time zone} */
    public ConnectorContext zone(ZoneId newZone) {
        return new ConnectorContext(clock, newZone, executor, lendsThreads, tokenStore, seed);
    }

    /** {@return a copy that lends the threads of {@code newExecutor}, which must not run a task in the caller's} */
    public ConnectorContext executor(Executor newExecutor) {
        return new ConnectorContext(clock, zone, newExecutor, true, tokenStore, seed);
    }

    /** {@return a copy with another store for granted tokens} */
    public ConnectorContext tokenStore(TokenStore newTokenStore) {
        return new ConnectorContext(clock, zone, executor, lendsThreads, newTokenStore, seed);
    }

    /** {@return a copy with another seed for what is random, such as the jitter between retries} */
    public ConnectorContext seed(long newSeed) {
        return new ConnectorContext(clock, zone, executor, lendsThreads, tokenStore, newSeed);
    }

    /** {@return the clock} */
    public Clock clock() {
        return clock;
    }

    /** {@return the time zone in which formats take dates that name none, such as that of {@code today()}} */
    public ZoneId zone() {
        return zone;
    }

    /** {@return what runs tasks; the caller's own thread if {@link #lendsThreads()} is false} */
    public Executor executor() {
        return executor;
    }

    /** {@return whether the executor has threads of its own, so that pages can be fetched ahead} */
    public boolean lendsThreads() {
        return lendsThreads;
    }

    /** {@return where granted tokens are kept} */
    public TokenStore tokenStore() {
        return tokenStore;
    }

    /** {@return the seed for what is random} */
    public long seed() {
        return seed;
    }
}
