package dev.rollcall.provisioning.state;

/**
 * The right to write to one directory and base, or to one application, which a run holds from its plan to its last write. It is
 * renewed while the run goes on, on the thread of the run; a run that could not renew it in time writes nothing more. Not
 * thread-safe: for one thread at a time.
 *
 * <p>A store without leases gives one that several runs may hold.
 */
public interface RunLease extends AutoCloseable {
    /** Gives it back. If that fails, it ends by itself. */
    @Override
    void close();
}
