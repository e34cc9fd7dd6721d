package dev.rollcall.connectortestkit;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the kit's own servers, which can be told from those of a connector. Thread-safe. */
final class KitThreads {
    private static final String NAME = "rollcall-testkit-";

    private KitThreads() {}

    static ThreadFactory factory() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, NAME + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    static boolean isOurs(Thread thread) {
        return thread.getName().startsWith(NAME);
    }
}
