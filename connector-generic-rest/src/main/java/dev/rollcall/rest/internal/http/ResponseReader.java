package dev.rollcall.rest.internal.http;

import java.io.IOException;

/**
 * Makes something of a response, within the attempt, so that a failure here can be retried like one of the transport.
 * Implementations are thread-safe.
 *
 * @param <T> what is made of it
 */
@FunctionalInterface
public interface ResponseReader<T> {
    /**
     * Reads a response; a reader that returns something that still reads from it closes it.
     *
     * @throws AttemptFailed if it is not what was agreed
     * @throws IOException if the transport fails
     */
    T read(Response response) throws AttemptFailed, IOException;
}
