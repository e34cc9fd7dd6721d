package dev.rollcall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.rest.RestClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls of one service provider, in the types that SCIM has. Thread-safe. */
final class ScimHttp {
    private static final String SCIM = "application/scim+json";
    private static final String ACCEPTED = "application/scim+json, application/json;q=0.9";

    private final RestClient client;
    private final URI base;
    private final ScimErrors errors;
    private volatile boolean plainJson;

    ScimHttp(RestClient client, URI base, ScimErrors errors) {
        this.client = client;
        this.base = base;
        this.errors = errors;
    }

    URI base() {
        return base;
    }

    /** {@return a text as part of a path or query: everything but letters, digits and {@code -._~} in UTF-8} */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** {@return the answer to a question, whatever its status} */
    ScimAnswer get(String what, String path, Map<String, String> query) {
        StringBuilder url = new StringBuilder(base + path);
        query.forEach((name, value) -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(encoded(value)));
        return send(what, WebhookCall.of("GET", URI.create(url.toString())), true);
    }

    /** {@return what a provider says of itself; empty where it has no answer, or one that is none} */
    Optional<JsonNode> discovered(String path) {
        try {
            ScimAnswer answer = get("discovery of " + path, path, Map.of());
            return answer.isSuccess() ? Optional.of(answer.body()) : Optional.empty();
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.MALFORMED_RESPONSE) {
                return Optional.empty(); // such as the start page of a web application, for every address
            }
            throw failed;
        }
    }

    /** {@return the elements of a list that a provider gives of itself; some give it bare} */
    List<JsonNode> discoveredList(String path) {
        List<JsonNode> elements = new ArrayList<>();
        discovered(path)
                .map(body -> body.isArray() ? body : ScimJson.child(body, "Resources"))
                .ifPresent(list -> list.forEach(elements::add));
        return elements;
    }

    /**
     * {@return the answer to a request with a body, whatever its status}
     *
     * @param version the state that must still be there; null for any
     */
    ScimAnswer send(
            String what,
            String method,
            String path,
            @Nullable JsonNode body,
            @Nullable String version,
            boolean repeatable) {
        WebhookCall call = WebhookCall.of(method, URI.create(base + path));
        if (version != null) {
            call = call.header("If-Match", version);
        }
        boolean plain = plainJson;
        ScimAnswer answer = send(what, typed(call, body, plain), repeatable);
        if (answer.status() == 415 && body != null && !plain) {
            // A server that has never heard of the type refuses it before it has looked at the body.
            answer = send(what, typed(call, body, true), repeatable);
            plainJson = answer.isSuccess();
        }
        return answer;
    }

    private static WebhookCall typed(WebhookCall call, @Nullable JsonNode body, boolean plain) {
        return body == null
                ? call
                : call.header("Content-Type", plain ? "application/json" : SCIM).body(body.toString());
    }

    private ScimAnswer send(String what, WebhookCall call, boolean repeatable) {
        WebhookResponse response = client.send(what, call.header("Accept", ACCEPTED), repeatable);
        Optional<JsonNode> body = ScimJson.parse(response.body());
        if (response.status() / 100 == 2 && body.isEmpty() && !response.body().isBlank()) {
            throw ScimErrors.malformed(what, "the answer is no JSON");
        }
        return new ScimAnswer(what, response, body.orElseGet(MissingNode::getInstance));
    }

    /**
     * {@return the answer, if it is one of success}
     *
     * @throws ConnectorException if it is not
     */
    ScimAnswer orThrow(ScimAnswer answer) {
        if (!answer.isSuccess()) {
            throw errors.of(answer);
        }
        return answer;
    }

    ConnectorException failure(ScimAnswer answer) {
        return errors.of(answer);
    }

    void close() {
        client.close();
    }
}
