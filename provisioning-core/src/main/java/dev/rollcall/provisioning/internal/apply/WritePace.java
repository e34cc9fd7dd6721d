package dev.rollcall.provisioning.internal.apply;

import java.time.Duration;

/**
 * How many writes are on their way at once, and how long the connection may be idle. Immutable and thread-safe.
 *
 * @param window how many writes are sent before the response to the first
 * @param longWait a gate that took longer may have waited for a person; meanwhile servers close connections that are idle
 */
record WritePace(int window, Duration longWait) {
    static final WritePace STANDARD = new WritePace(64, Duration.ofSeconds(5));
}
