package dev.rollcall.formats;

/** Hears each step of an evaluation, innermost first. Implementations are called on the evaluating thread. */
@FunctionalInterface
public interface TraceListener {
    /** A name, a function or an operator was evaluated. */
    void step(TraceStep step);
}
