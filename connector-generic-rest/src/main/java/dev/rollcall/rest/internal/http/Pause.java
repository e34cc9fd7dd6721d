package dev.rollcall.rest.internal.http;

import java.time.Duration;

/** How time passes; tests have one in which nobody waits. Implementations are thread-safe. */
public interface Pause {
    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** {@return a clock for distances, in nanoseconds} */
    long nanoTime();

    /** {@return real time} */
    static Pause real() {
        return new Pause() {
            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis());
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
