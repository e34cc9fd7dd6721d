package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.rest.internal.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Does one thing for each of many, several at a time on the threads that a host lends. The caller's thread works too,
 * so that a busy executor slows but never stops us. Immutable and thread-safe.
 */
final class ParallelCalls {
    private final ConnectorContext context;
    private final int width;

    /**
     * Work for at most {@code width} threads.
     *
     * @param width at least 1; without lent threads everything happens in the caller's
     */
    ParallelCalls(ConnectorContext context, int width) {
        this.context = context;
        this.width = width;
    }

    /**
     * {@return what {@code work} makes of each, in their order}
     *
     * @throws ConnectorException what {@code work} throws first, in their order; no more is begun then
     */
    <T, R> List<R> map(List<T> all, Function<T, R> work) {
        List<FutureTask<R>> tasks = new ArrayList<>(all.size());
        all.forEach(each -> tasks.add(new FutureTask<>(() -> work.apply(each))));
        AtomicInteger next = new AtomicInteger();
        int helpers = context.lendsThreads() ? Math.min(width, all.size()) - 1 : 0;
        for (int i = 0; i < helpers; i++) {
            try {
                context.executor().execute(() -> runAll(tasks, next));
            } catch (RejectedExecutionException e) {
                break;
            }
        }
        List<R> results = new ArrayList<>(all.size());
        try {
            for (FutureTask<R> task : tasks) {
                runUntil(task, tasks, next);
                results.add(task.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(
                    FailureKind.CANCELLED, Problem.of("cancelled", "", "the thread was interrupted", ""));
        } catch (CancellationException e) {
            throw Exchange.closed("the calls");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error; // such as the end of the memory, which is not for us to explain
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            next.set(tasks.size());
            tasks.forEach(task -> task.cancel(true));
        }
    }

    private static <R> void runAll(List<FutureTask<R>> tasks, AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
            tasks.get(i).run();
        }
    }

    /** Works on whatever comes next until {@code wanted} is begun by somebody. */
    private static <R> void runUntil(FutureTask<R> wanted, List<FutureTask<R>> tasks, AtomicInteger next) {
        while (!wanted.isDone()) {
            int i = next.getAndIncrement();
            if (i >= tasks.size()) {
                return;
            }
            tasks.get(i).run();
        }
    }
}
