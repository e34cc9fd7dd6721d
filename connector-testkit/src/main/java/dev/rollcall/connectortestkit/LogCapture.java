package dev.rollcall.connectortestkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is printed or logged while it is open, by every logger and at every level: standard output and standard
 * error, java.util.logging and with it {@code System.Logger}, Logback, Log4j. Other backends are captured by what they
 * print. Thread-safe.
 */
final class LogCapture implements AutoCloseable {
    /**
     * What was logged at one place.
     *
     * @param where the stream, or the logger and its library
     * @param text the message with its values and its stack trace
     */
    record Line(String where, String text) {}

    /** Listens to one way of logging until it is closed. */
    @FunctionalInterface
    interface Tap extends AutoCloseable {
        @Override
        void close();
    }

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final ConsoleTap console = new ConsoleTap();
    private final List<Tap> taps = new ArrayList<>();

    private LogCapture() {
        BiConsumer<String, String> heard = (where, text) -> lines.add(new Line(where, text));
        taps.add(JulTap.open(heard));
        if (LogLibraries.hasLogback()) {
            taps.add(LogbackTap.open(heard));
        }
        if (LogLibraries.hasLog4j()) {
            taps.add(Log4jTap.open(heard));
        }
    }

    static LogCapture open() {
        return new LogCapture();
    }

    /** {@return what was logged and printed so far} */
    List<Line> lines() {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(console.lines());
        return all;
    }

    @Override
    public void close() {
        taps.forEach(Tap::close);
        console.close();
    }

    /** {@return a message with the stack trace of what was thrown} */
    static String text(@Nullable String message, @Nullable Throwable thrown) {
        String text = Objects.requireNonNullElse(message, "");
        return thrown == null ? text : text + "\n" + trace(thrown);
    }

    static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
