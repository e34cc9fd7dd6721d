package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an answer to a webhook means. Immutable and thread-safe.
 *
 * @param isSuccess whether it is what was expected
 * @param reason why not; empty for a success
 * @param taken values from the response by name; unknown if the response is not JSON, sensitive if they hold a credential
 */
public record WebhookResult(boolean isSuccess, String reason, Map<String, Value> taken) {
    /** The values are copied. */
    public WebhookResult {
        taken = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(taken));
    }
}
