package dev.rollcall.provisioning.journal;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one change. Immutable and thread-safe.
 *
 * @param position what the change has in its run
 * @param result what became of it
 * @param id what the entry is known by however it is renamed, where the change made it; null where the intent has it
 * @param problem why it was not made, or what was found instead; null if there is nothing to say
 * @param at when that was known
 */
public record ChangeOutcome(
        long position,
        Result result,
        @Nullable String id,
        @Nullable String problem,
        Instant at) {
    /** What can become of a change. */
    public enum Result {
        /** It was made. */
        DONE,
        /** It was not made, and the entry is as it was. */
        NOT_DONE,
        /** No answer came; it has to be settled by a look at the entry. */
        UNKNOWN,
        /** Settled: the entry is neither as it was nor as it was to be. */
        CONFLICT
    }

    /** All but {@code id} and {@code problem} are required. */
    public ChangeOutcome {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(at, "at");
    }
}
