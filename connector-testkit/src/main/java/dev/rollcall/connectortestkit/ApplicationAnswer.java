package dev.rollcall.connectortestkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the scripted application answers. Immutable and thread-safe.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body
 */
public record ApplicationAnswer(int status, Map<String, String> headers, String body) {
    /** The headers are copied. */
    public ApplicationAnswer {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** {@return a good answer with a JSON body} */
    public static ApplicationAnswer json(String body) {
        return new ApplicationAnswer(200, Map.of("Content-Type", "application/json"), body);
    }

    /** {@return an answer with a status and a plain text} */
    public static ApplicationAnswer status(int status, String body) {
        return new ApplicationAnswer(status, Map.of("Content-Type", "text/plain"), body);
    }

    /** {@return this answer with one more header} */
    public ApplicationAnswer header(String name, String value) {
        LinkedHashMap<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new ApplicationAnswer(status, copy, body);
    }
}
