package dev.rollcall.rest.internal.http;

import java.io.IOException;

/**
 * One HTTP exchange: the only way in which the engine reaches an application or an authorization server. The one
 * implementation is {@link JdkTransport}; tests and testkits plug in others, which answer without a network and inject
 * faults. Nobody else may implement it.
 *
 * <p>Everything happens on the thread that calls. Redirects, retries, credentials and the rate are the caller's.
 * Implementations are thread-safe.
 */
public interface HttpTransport {
    /**
     * Sends a request once, and returns when the status and the headers of its response are there.
     *
     * @return the response, whose body the caller reads on its own thread and closes; reading fails as the connection does
     * @throws java.net.http.HttpTimeoutException if the headers are not there within {@link TransportRequest#timeout}
     * @throws IOException if there is no connection, it breaks, or the response is not HTTP
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    TransportResponse send(TransportRequest request) throws IOException, InterruptedException;
}
