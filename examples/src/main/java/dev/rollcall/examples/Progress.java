package dev.rollcall.examples;

import java.util.Locale;
import java.util.OptionalLong;

/** One line on a terminal that counts up; nothing anywhere else. Thread-safe. */
final class Progress implements AutoCloseable {
    private static final long EVERY_NANOS = 200_000_000;

    private final Terminal terminal;
    private String what = "";
    private long count;
    private long shown = System.nanoTime();
    private boolean dirty;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows how much is done, and of how much if that is known. */
    synchronized void show(String noun, long done, OptionalLong total) {
        count = done;
        what = noun;
        print(total.isPresent() ? String.format(Locale.ROOT, " of %,d", total.getAsLong()) : "");
    }

    private void print(String total) {
        long now = System.nanoTime();
        if (terminal.isTerminal() && now - shown > EVERY_NANOS) {
            shown = now;
            dirty = true;
            terminal.err().print(String.format(Locale.ROOT, "\r%,d%s %s ...  ", count, total, what));
            terminal.err().flush();
        }
    }

    /** Takes the line away, so that what is printed next begins on a clean one. */
    synchronized void clear() {
        if (dirty) {
            terminal.err().print("\r" + " ".repeat(60) + "\r");
            terminal.err().flush();
            dirty = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
