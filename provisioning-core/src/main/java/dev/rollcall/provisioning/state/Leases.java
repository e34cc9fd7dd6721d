package dev.rollcall.provisioning.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Sees to it that one run at a time writes to a directory and base, over processes and nodes. Time is the store's: a
 * database's own clock where several nodes share it. Implementations are thread-safe, and fail with a
 * {@link dev.rollcall.connector.RollcallException} if they cannot be read or written.
 */
public interface Leases {
    /**
     * Who has a lease.
     *
     * @param who the process: its machine and number, for people
     * @param since when it was taken
     * @param until when it runs out if it is not renewed
     */
    record Holder(String who, Instant since, Instant until) {
        /** All are required. */
        public Holder {
            Objects.requireNonNull(who, "who");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(until, "until");
        }
    }

    /** A lease that was taken. Not thread-safe: for one thread at a time. */
    interface Lease extends AutoCloseable {
        /** {@return its number: a later lease of the same thing has a greater one} */
        long number();

        /** {@return how long it is good for from a renewal on} */
        Duration length();

        /** {@return whether it was made longer; false if it has run out and is somebody else's} */
        boolean renew();

        /** Gives it back. */
        @Override
        void close();
    }

    /**
     * {@return the lease; empty if somebody else has it}
     *
     * @param what the directory or application, and the base
     * @param who the process that asks: its machine and number, for people
     * @param length how long it is good for
     */
    Optional<Lease> take(String what, String who, Duration length);

    /** {@return who has it now} */
    Optional<Holder> holder(String what);

    /** {@return leases among the threads of this process alone, for tests} */
    static Leases memory(Clock clock) {
        return new MemoryLeases(clock);
    }
}
