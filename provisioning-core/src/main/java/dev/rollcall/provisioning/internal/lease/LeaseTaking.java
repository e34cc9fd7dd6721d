package dev.rollcall.provisioning.internal.lease;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.provisioning.state.Leases;
import dev.rollcall.provisioning.state.StateException;
import dev.rollcall.provisioning.state.StateStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Takes leases for runs. Thread-safe if its parts are. */
public final class LeaseTaking {
    /**
     * How long a lease lasts without renewal: after a process dies, the next run waits for so long. A run that is silent for
     * longer than two thirds of it, in a slow search for example, must renew before it writes.
     */
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Waits between two attempts. */
    @FunctionalInterface
    public interface Pause {
        /** Waits; returns early if the thread is interrupted. */
        void pause(Duration time);
    }

    private final LongSupplier nanoTime;
    private final Pause pause;
    private final Supplier<String> who;
    private final Duration length;

    /**
     * @param nanoTime a monotonic clock
     * @param pause waits between two attempts to take a lease
     * @param who the process, for people
     * @param length how long a lease lasts without renewal
     */
    public LeaseTaking(LongSupplier nanoTime, Pause pause, Supplier<String> who, Duration length) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.who = who;
        this.length = length;
    }

    /** With the machine's monotonic clock, in the name of this process. */
    public static LeaseTaking ofThisProcess() {
        return new LeaseTaking(
                System::nanoTime,
                time -> LockSupport.parkNanos(time.toNanos()),
                () -> host() + ", process " + ProcessHandle.current().pid(),
                LENGTH);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "this machine";
        }
    }

    /** Takes a lease, as the other method does; from a store without leases one that several runs may have. */
    public HeldLease take(StateStore state, String what, Duration wait) {
        return state.leases().map(leases -> take(leases, what, wait)).orElseGet(HeldLease::none);
    }

    /**
     * Takes a lease. A holder that does not renew its lease is taken for dead, and the end of its lease is waited for in any case.
     *
     * @param leases where they are kept
     * @param what the directory and base, or the application
     * @param wait how long to wait for a holder that is alive
     * @throws StateException if another run has it, or the thread is interrupted
     */
    HeldLease take(Leases leases, String what, Duration wait) {
        long began = nanoTime.getAsLong();
        Instant ends = Instant.MIN;
        while (true) {
            long asked = nanoTime.getAsLong();
            Optional<Leases.Lease> lease = leases.take(what, who.get(), length);
            if (lease.isPresent()) {
                return new HeldLease(what, lease.get(), nanoTime, asked);
            }
            Optional<Leases.Holder> holder = leases.holder(what);
            if (holder.isPresent()) {
                boolean alive =
                        !ends.equals(Instant.MIN) && holder.get().until().isAfter(ends);
                ends = alive || ends.equals(Instant.MIN) ? holder.get().until() : ends;
                if (alive && nanoTime.getAsLong() - began >= wait.toNanos()) {
                    throw inProgress(what, holder.get());
                }
            }
            pause.pause(PAUSE);
            if (Thread.currentThread().isInterrupted()) {
                throw new StateException(
                        FailureKind.CANCELLED,
                        Problem.of("cancelled", "state", "interrupted while waiting for the lease for " + what, ""),
                        null);
            }
        }
    }

    private static StateException inProgress(String what, Leases.Holder holder) {
        return new StateException(
                FailureKind.UNAVAILABLE,
                Problem.of(
                        "run-in-progress",
                        "state",
                        "another run writes to " + what + ": " + holder.who() + ", since " + holder.since(),
                        "wait until it has ended (--wait), or end it"),
                null);
    }
}
