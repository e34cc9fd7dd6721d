package dev.rollcall.provisioning.plan;

/** Why a run ended before it had tried every change of its plan. */
public enum StopReason {
    /** The caller asked for it, or interrupted the thread. */
    CANCELLED("cancelled"),
    /** More changes failed than the guardrail {@code failures} allows. */
    TOO_MANY_FAILURES("too many changes failed"),
    /** The connection to the directory was lost, or the directory did not respond in time. */
    DIRECTORY_LOST("the directory was lost"),
    /** The application cannot be reached any more, or refuses every call. */
    APPLICATION_LOST("the application was lost"),
    /** A gate, a listener, the cancellation or the delivery of passwords threw an exception, or a gate returned null. */
    CALLBACK_FAILED("a callback failed"),
    /** The journal could not be written: a change that is not recorded is not made. */
    JOURNAL_LOST("the journal could not be written"),
    /** The lease ran out or could not be renewed: another run may be writing. */
    LEASE_LOST("the lease was lost"),
    /** The program ran out of memory. */
    OUT_OF_MEMORY("the program ran out of memory"),
    /** The disk for temporary files is full. */
    DISK_FULL("the disk for temporary files is full");

    private final String text;

    StopReason(String text) {
        this.text = text;
    }

    /** {@return the reason for people, as the report has it} */
    public String text() {
        return text;
    }
}
