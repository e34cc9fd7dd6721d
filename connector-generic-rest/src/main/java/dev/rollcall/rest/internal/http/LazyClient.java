package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorContext;
import java.net.http.HttpClient;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * The HTTP client of a connector, made when it is first needed, or on a thread of the host while the host goes on:
 * reading the JVM's certificates takes a tenth of a second in a young process. Thread-safe.
 */
final class LazyClient {
    private final FutureTask<HttpClient> client;

    private LazyClient(FutureTask<HttpClient> client) {
        this.client = client;
    }

    /** {@return a client of which the making has begun if the host lends threads} */
    static LazyClient of(Callable<HttpClient> newClient, ConnectorContext context) {
        FutureTask<HttpClient> task = new FutureTask<>(newClient);
        if (context.lendsThreads()) {
            try {
                context.executor().execute(task);
            } catch (RejectedExecutionException e) {
                // Then it is made when it is needed.
            }
        }
        return new LazyClient(task);
    }

    HttpClient get() throws InterruptedException {
        client.run();
        try {
            return client.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
