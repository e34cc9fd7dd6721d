package dev.rollcall.connectortestkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the place of standard output and standard error. Thread-safe. */
final class ConsoleTap implements LogCapture.Tap {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;

    ConsoleTap() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    List<LogCapture.Line> lines() {
        return List.of(
                new LogCapture.Line("standard output", out.toString(StandardCharsets.UTF_8)),
                new LogCapture.Line("standard error", err.toString(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        System.setOut(realOut);
        System.setErr(realErr);
    }
}
