package dev.rollcall.rest.internal.http;

import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * An HTTP response, of which the body is still to come. Not thread-safe: for one thread at a time.
 *
 * @param status the three digits of the status line
 * @param headers in any case
 * @param body as it comes over the wire, still packed if Content-Encoding says so; to be closed
 */
public record TransportResponse(int status, HttpHeaders headers, InputStream body) {
    @Override
    public String toString() {
        return "status " + status;
    }
}
