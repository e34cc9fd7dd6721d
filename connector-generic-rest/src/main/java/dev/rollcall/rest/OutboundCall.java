package dev.rollcall.rest;

import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;

/**
 * A webhook: one call to the application with macros, as a block under {@code webhooks} of a configuration says it.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * OutboundCall.put("${settings.baseUrl}/users/${record.id}").body(RequestBody.json("{\"active\": false}"))
 * }</pre>
 */
public final class OutboundCall {
    private final Value.Fields keys;

    private OutboundCall(Value.Fields keys) {
        this.keys = keys;
    }

    /**
     * {@return a call}
     *
     * @param method GET, POST, PUT, PATCH or DELETE
     * @param url a format
     */
    public static OutboundCall of(String method, String url) {
        return new OutboundCall(
                Value.Fields.none().with("method", Value.of(method)).with("url", Value.of(url)));
    }

    /** {@return a call by GET} */
    public static OutboundCall get(String url) {
        return of("GET", url);
    }

    /** {@return a call by POST} */
    public static OutboundCall post(String url) {
        return of("POST", url);
    }

    /** {@return a call by PUT} */
    public static OutboundCall put(String url) {
        return of("PUT", url);
    }

    /** {@return a call by PATCH} */
    public static OutboundCall patch(String url) {
        return of("PATCH", url);
    }

    /** {@return a call by DELETE} */
    public static OutboundCall delete(String url) {
        return of("DELETE", url);
    }

    /** {@return this call with a sentence for people} */
    public OutboundCall description(String text) {
        return with("description", Value.of(text));
    }

    /** {@return this call with a header; one without a value is left out} */
    public OutboundCall header(String name, String value) {
        return in("headers", name, value);
    }

    /** {@return this call with a query parameter; one without a value is left out} */
    public OutboundCall parameter(String name, String value) {
        return in("parameters", name, value);
    }

    /** {@return this call with a body} */
    public OutboundCall body(RequestBody body) {
        return with("body", body.keys());
    }

    /** {@return this call with the condition on which a response is a success; a status of 2xx by default} */
    public OutboundCall expect(String condition) {
        return with("expect", Value.of(condition));
    }

    /**
     * {@return this call with a value that is taken from the response}
     *
     * @param name what the value is known by: {@code result.NAME}
     * @param from a JSON Pointer, or a format
     */
    public OutboundCall take(String name, String from) {
        return in("take", name, from);
    }

    private OutboundCall in(String block, String name, String value) {
        Value.Fields known = keys.get(block) instanceof Value.Fields fields ? fields : Value.Fields.none();
        return with(block, known.with(name, Value.of(value)));
    }

    private OutboundCall with(String key, Value value) {
        return new OutboundCall(keys.with(key, value));
    }

    Value.Fields keys() {
        return keys;
    }

    /**
     * {@return the webhook of this call}
     *
     * @param name for messages
     * @throws dev.rollcall.connector.ConfigurationException with every problem
     */
    public WebhookDefinition named(String name) {
        return WebhookDefinition.read(name, keys, Settings.none());
    }

    @Override
    public String toString() {
        return "OutboundCall " + keys.get("method").text().orElse("");
    }
}
