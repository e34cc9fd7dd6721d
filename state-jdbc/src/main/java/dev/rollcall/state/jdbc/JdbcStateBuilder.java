package dev.rollcall.state.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/** Settings of a {@link JdbcState}. Not thread-safe: for one thread at a time. */
public final class JdbcStateBuilder {
    private static final Duration KEEP = Duration.ofDays(400);

    private final DatabaseSource source;
    private SchemaMode mode = SchemaMode.MIGRATE;
    private Clock clock = Clock.systemUTC();
    private Duration keep = KEEP;

    JdbcStateBuilder(DatabaseSource source) {
        this.source = source;
    }

    /** Sets what is done about missing or older tables; by default they are migrated. */
    public JdbcStateBuilder schemaMode(SchemaMode schemaMode) {
        this.mode = Objects.requireNonNull(schemaMode, "schemaMode");
        return this;
    }

    /** Sets the clock by which leases on SQLite run out; by default the system's. PostgreSQL has its own. */
    public JdbcStateBuilder clock(Clock leaseClock) {
        this.clock = Objects.requireNonNull(leaseClock, "clock");
        return this;
    }

    /**
     * Sets how long ended runs are kept; older ones are removed at the end of a run, except for those with changes to settle.
     * By default 400 days.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public JdbcStateBuilder keep(Duration howLong) {
        if (howLong.isNegative() || howLong.isZero()) {
            throw new IllegalArgumentException("keep: must be positive, such as P400D; was " + howLong);
        }
        this.keep = howLong;
        return this;
    }

    /** {@return the state; nothing is opened yet} */
    public JdbcState build() {
        return new JdbcState(new StateDatabase(source, mode, clock), keep);
    }
}
