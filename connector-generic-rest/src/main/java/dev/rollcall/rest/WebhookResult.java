package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an answer to a webhook means. Immutable and thread-safe.
 *
 * @param isSuccess whether it is what was expected
 * @param reason why not; empty for a success
 * @param taken values from the answer by name; unknown if it was no JSON
 */
public record WebhookResult(boolean isSuccess, String reason, Map<String, Value> taken) {
    /** The values are copied. */
    public WebhookResult {
        taken = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(taken));
    }
}
