package dev.rollcall.connectortestkit;

import dev.rollcall.connector.ConnectorContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** The threads that were started since, and do not end. Thread-safe. */
final class ThreadWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Those of the JDK: they end by themselves, or are of the whole JVM. An HTTP client of Java 17 cannot be closed. */
    private static final Pattern OF_THE_JDK = Pattern.compile("HttpClient-\\d+-.*|ForkJoinPool\\.commonPool-.*"
            + "|CompletableFutureDelayScheduler|Keep-Alive-.*|process reaper.*|Common-Cleaner|Cleaner-\\d+|Attach Listener"
            + "|HTTP-Dispatcher|idle-timeout-task|server-timer.*");

    private final Set<Thread> before;

    private ThreadWatch(Set<Thread> before) {
        this.before = before;
    }

    static ThreadWatch begin() {
        return new ThreadWatch(Thread.getAllStackTraces().keySet());
    }

    /** {@return the context with threads of the kit in the place of the host's, if it lends any} */
    static ConnectorContext lending(ConnectorContext context) {
        Executor executor = task -> KitThreads.factory().newThread(task).start();
        return context.lendsThreads() ? context.executor(executor) : context;
    }

    /** {@return each thread that still runs, and where; waits a moment for those that are about to end} */
    List<String> left() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)
                    && !KitThreads.isOurs(thread)
                    && !OF_THE_JDK.matcher(thread.getName()).matches()
                    && runsUntil(thread, end)) {
                StackTraceElement[] stack = thread.getStackTrace();
                left.add("thread '" + thread.getName() + "'" + (stack.length == 0 ? "" : " in " + stack[0]));
            }
        }
        return left;
    }

    private static boolean runsUntil(Thread thread, long end) {
        try {
            thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return thread.isAlive();
    }
}
