package dev.rollcall.connector;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What an application answered to a {@link WebhookCall}, whatever the status. Immutable and thread-safe. */
public final class WebhookResponse {
    private final int status;
    private final Map<String, List<String>> headers;
    private final String body;

    /**
     * An answer.
     *
     * @param headers by name; found in any case
     * @param body as text, at most as much as the connector's limit
     */
    public WebhookResponse(int status, Map<String, List<String>> headers, String body) {
        this.status = status;
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        this.headers = java.util.Collections.unmodifiableMap(copy);
        this.body = Objects.requireNonNull(body, "body");
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the headers; a name is found in any case} */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** {@return the body as text; empty if there was none} */
    public String body() {
        return body;
    }

    @Override
    public String toString() {
        return "status " + status + ", " + body.length() + " characters";
    }
}
