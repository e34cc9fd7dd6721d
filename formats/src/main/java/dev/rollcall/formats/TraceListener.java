package dev.rollcall.formats;

/** Hears each step of an evaluation, innermost first, on the thread that evaluates. Not thread-safe: for one thread at a time. */
@FunctionalInterface
public interface TraceListener {
    /** A name, a function or an operator was evaluated. */
    void step(TraceStep step);
}
