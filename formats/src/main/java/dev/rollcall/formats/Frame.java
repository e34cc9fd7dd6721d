package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.source.Limits;
import org.jspecify.annotations.Nullable;

/** One evaluation on its way. Not thread-safe: for one thread at a time. */
final class Frame {
    final Evaluation evaluation;
    final Scope scope;
    final long salt;

    @Nullable
    TraceListener trace;
    /** What {@code it} is, within a function that visits items. */
    @Nullable
    Value item;

    /** Whether the clock, the zone or the seed was asked for, so that the value is of this evaluation alone. */
    boolean contextual;

    private int steps;

    Frame(Evaluation evaluation, long salt) {
        this.evaluation = evaluation;
        this.scope = evaluation.scope();
        this.trace = evaluation.listener();
        this.salt = salt;
    }

    /** Counts work, so that no format runs for long. */
    void step() {
        if (++steps > Limits.STEPS) {
            throw FormatException.of("too-much-work", "more than " + Limits.STEPS + " steps");
        }
    }
}
