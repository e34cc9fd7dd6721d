package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.paging.PageRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * The pages that are fetched while an earlier one is processed, on the threads that a host lends. Not thread-safe: for
 * one thread at a time.
 *
 * <p>Each is a blocking fetch on a thread of its own: asynchronous sending costs more processor time and is no faster.
 * A page that no thread has begun to fetch is fetched by the thread that needs it, so that a busy executor slows a run but never stops it.
 */
final class PagePrefetcher {
    private static final class Flight {
        private final PageRequest turn;
        private final FutureTask<FetchedPage> task;
        private volatile boolean abandoned;

        Flight(PageRequest turn, Function<PageRequest, FetchedPage> fetch) {
            this.turn = turn;
            this.task = new FutureTask<>(() -> {
                FetchedPage fetched = fetch.apply(turn);
                if (abandoned) {
                    fetched.close();
                }
                return fetched;
            });
        }

        void abandon() {
            abandoned = true;
            task.cancel(true);
            if (task.isDone() && !task.isCancelled()) {
                try {
                    task.get().close();
                } catch (ExecutionException e) {
                    // A page that nobody asks for any more may fail.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private final ConnectorContext context;
    private final Function<PageRequest, FetchedPage> fetch;
    private final List<Flight> flights = new ArrayList<>();

    PagePrefetcher(ConnectorContext context, Function<PageRequest, FetchedPage> fetch) {
        this.context = context;
        this.fetch = fetch;
    }

    /** Begins to fetch these pages, and gives up those that are not among them. */
    void begin(List<PageRequest> turns) {
        for (Iterator<Flight> i = flights.iterator(); i.hasNext(); ) {
            Flight flight = i.next();
            if (!turns.contains(flight.turn)) {
                flight.abandon();
                i.remove();
            }
        }
        for (PageRequest turn : turns) {
            if (find(turn).isEmpty()) {
                Flight flight = new Flight(turn, fetch);
                flights.add(flight);
                try {
                    context.executor().execute(flight.task);
                } catch (RejectedExecutionException e) {
                    // Then it is fetched when it is needed.
                }
            }
        }
    }

    /**
     * {@return the page}
     *
     * @throws ConnectorException if it cannot be fetched
     */
    FetchedPage take(PageRequest turn) {
        Optional<Flight> found = find(turn);
        if (found.isEmpty()) {
            return fetch.apply(turn);
        }
        Flight flight = found.get();
        flights.remove(flight);
        flight.task.run();
        try {
            return flight.task.get();
        } catch (InterruptedException e) {
            flight.abandon();
            Thread.currentThread().interrupt();
            throw new ConnectorException(
                    FailureKind.CANCELLED, Problem.of("cancelled", "", "the thread was interrupted", ""));
        } catch (CancellationException e) {
            throw Exchange.closed("the page");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error; // such as the end of the memory, which is not for us to explain
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void abandonAll() {
        begin(List.of());
    }

    private Optional<Flight> find(PageRequest turn) {
        return flights.stream().filter(flight -> flight.turn.equals(turn)).findFirst();
    }
}
