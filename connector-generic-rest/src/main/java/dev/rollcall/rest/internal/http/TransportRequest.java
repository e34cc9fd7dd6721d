package dev.rollcall.rest.internal.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request as it goes out. Immutable and thread-safe. It holds credentials and prints none.
 *
 * @param method in upper case
 * @param uri absolute, http or https
 * @param headers all of them but those that the transport sets itself, such as Host and Content-Length
 * @param body may be none; its content type is among the headers
 * @param timeout until the headers of the response are there, and the longest silence within its body
 * @param bodyTimeout the longest wait for the whole body, silences added up
 */
public record TransportRequest(
        String method,
        URI uri,
        List<Map.Entry<String, String>> headers,
        Payload body,
        Duration timeout,
        Duration bodyTimeout) {
    /** The headers are copied. */
    public TransportRequest {
        headers = List.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + Origin.of(uri);
    }
}
