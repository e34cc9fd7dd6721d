package dev.rollcall.provisioning.plan;

import dev.rollcall.provisioning.directory.DirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of a plan. Its streams read the plan again, so the plan stays open as long as they are used; closing the
 * outcomes does not close the plan. Thread-safe.
 */
public interface Outcomes extends AutoCloseable {
    /** {@return the changes that were made, in the order of the plan; to be closed after use} */
    Stream<Change> changes();

    /** {@return how many entries each kind of change was made for} */
    Counts counts();

    /** {@return what was tried and did not succeed, in the order of the answers} */
    List<Outcome> failures();

    /** {@return what needs a person: as the plan found it, then what was found while the changes were made} */
    List<Conflict> conflicts();

    /** {@return the hash of the plan that was carried out} */
    String hash();

    /** {@return attributes of which the server keeps something else than it was given} */
    List<Normalized> normalized();

    /**
     * {@return attributes that were written and that the account of the runs cannot read back, by name: what it cannot read
     * it does not replace}
     */
    List<String> unreadable();

    /** {@return how many changes the gate put off} */
    int held();

    /** {@return how many changes the gate refused} */
    int refused();

    /** {@return how many changes were not tried because the run stopped} */
    int notTried();

    /** {@return the guardrail {@code failures}, if more changes failed than it allows} */
    Optional<Guardrail> tripped();

    /** {@return why the run stopped before its end, if it did} */
    Optional<StopReason> stopped();

    /**
     * {@return what was thrown, if that stopped the run: a {@link DirectoryException} for a lost directory, a
     * {@link dev.rollcall.connector.ConnectorException} for a lost application, what the callback threw, an
     * {@link OutOfMemoryError}, or a {@link dev.rollcall.connector.ResourceException} for a full disk}
     */
    Optional<Throwable> cause();

    /** {@return whether every change of the plan was made} */
    boolean isComplete();

    /** Nothing to release; the plan has its own. */
    @Override
    void close();
}
