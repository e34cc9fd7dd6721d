package dev.rollcall.provisioning.plan;

import dev.rollcall.connector.FailureKind;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one change. Immutable and thread-safe. */
public final class Outcome {
    /** How it ended. */
    public enum Status {
        /** The directory made it. */
        DONE,
        /** The directory refused it. */
        FAILED,
        /** Not made, since the entry is no longer what the plan saw. */
        STALE,
        /** Sent, but the answer never came: the next run finds out. */
        UNKNOWN,
        /** The gate put it off. */
        HELD,
        /** The gate refused it. */
        REFUSED,
        /** The run stopped before it. */
        NOT_TRIED
    }

    private final Change change;
    private final Status status;
    private final String code;
    private final String message;
    private final @Nullable FailureKind kind;
    private final @Nullable String id;

    private Outcome(
            Change change,
            Status status,
            String code,
            String message,
            @Nullable FailureKind kind,
            @Nullable String id) {
        this.change = Objects.requireNonNull(change, "change");
        this.status = status;
        this.code = code;
        this.message = message;
        this.kind = kind;
        this.id = id;
    }

    /**
     * {@return the outcome of a change that was made}
     *
     * @param id what a new entry or account is known by, if the server returned that
     */
    public static Outcome done(Change change, @Nullable String id) {
        return new Outcome(change, Status.DONE, "success", "", null, id);
    }

    /** {@return the outcome of a change that was refused} */
    public static Outcome failed(Change change, String code, String message, FailureKind kind) {
        return new Outcome(change, Status.FAILED, code, message, kind, null);
    }

    /** {@return the outcome of a change that was not made, since the entry is no longer what the plan saw} */
    public static Outcome stale(Change change, String message) {
        return new Outcome(change, Status.STALE, "stale", message, FailureKind.REJECTED, null);
    }

    /** {@return the outcome of a change that was sent, and whose answer never came} */
    public static Outcome unknown(Change change, String code, String message) {
        return new Outcome(change, Status.UNKNOWN, code, message, FailureKind.AMBIGUOUS, null);
    }

    /** {@return the outcome of a change that was kept from being made} */
    public static Outcome left(Change change, Status status) {
        return new Outcome(change, status, "", "", null, null);
    }

    /** {@return what was to be done} */
    public Change change() {
        return change;
    }

    /** {@return how it ended} */
    public Status status() {
        return status;
    }

    /** {@return the result code as the RFCs spell it, such as {@code insufficientAccessRights}, or {@code stale}} */
    public String code() {
        return code;
    }

    /** {@return what the server said, with Active Directory's number; empty if it went well} */
    public String message() {
        return message;
    }

    /** {@return what went wrong, if something did} */
    public Optional<FailureKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** {@return the id of an entry that was made, where the server tells it in the same breath} */
    public Optional<String> createdId() {
        return Optional.ofNullable(id);
    }

    /** {@return whether it was tried and did not succeed} */
    public boolean isFailure() {
        return status == Status.FAILED || status == Status.STALE || status == Status.UNKNOWN;
    }

    @Override
    public String toString() {
        return change + ": " + (code.isEmpty() ? status.name() : code) + (message.isEmpty() ? "" : ", " + message);
    }
}
