package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.connector.WebhookResponse;
import java.util.List;
import java.util.Optional;

/**
 * What a service provider answered. Immutable and thread-safe, as nobody changes the body.
 *
 * @param what was asked for, for messages
 * @param response as it came
 * @param body the JSON of it; missing if there was none
 */
record ScimAnswer(String what, WebhookResponse response, JsonNode body) {
    int status() {
        return response.status();
    }

    boolean isSuccess() {
        return status() / 100 == 2;
    }

    Optional<String> header(String name) {
        return response.headers().getOrDefault(name, List.of()).stream().findFirst();
    }

    /** {@return the keyword of RFC 7644 that says what is wrong; empty if there is none} */
    String scimType() {
        return ScimJson.text(ScimJson.child(body, "scimType"));
    }

    /** {@return the provider's words; empty if it has none} */
    String detail() {
        for (String name : List.of("detail", "message", "error_description", "error")) {
            String text = ScimJson.text(ScimJson.child(body, name));
            if (!text.isBlank()) {
                return text;
            }
        }
        String text = response.body().strip();
        boolean page = text.startsWith("<");
        return page ? "an HTML page" : body.isMissingNode() ? text : "";
    }
}
