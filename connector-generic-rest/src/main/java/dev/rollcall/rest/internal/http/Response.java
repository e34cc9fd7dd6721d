package dev.rollcall.rest.internal.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;

/**
 * An answer: status, headers, and the body unpacked and bounded. Not thread-safe: for one thread at a time. Close it.
 */
public final class Response implements AutoCloseable {
    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final BufferedBody body;

    public Response(URI uri, int status, HttpHeaders headers, BufferedBody body) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** {@return where it came from, after redirects} */
    public URI uri() {
        return uri;
    }

    public int status() {
        return status;
    }

    public HttpHeaders headers() {
        return headers;
    }

    public BufferedBody body() {
        return body;
    }

    /** {@return the media type in lower case, without parameters; empty if there was none} */
    public String mediaType() {
        String value = headers.firstValue("Content-Type").orElse("");
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /** {@return the charset of the response, in lower case; empty if none} */
    public String charset() {
        for (String part : headers.firstValue("Content-Type").orElse("").split(";", -1)) {
            String parameter = part.trim().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")) {
                return parameter
                        .substring("charset=".length())
                        .replace("\"", "")
                        .trim();
            }
        }
        return "";
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Nobody waits for what was given up.
        }
    }
}
