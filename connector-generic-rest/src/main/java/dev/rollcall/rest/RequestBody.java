package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of a call, with macros that are encoded for what it is. Immutable and thread-safe.
 *
 * <pre>{@code
 * RequestBody.json("""
 *     {"email": "${record.email}"}""")
 * }</pre>
 */
public final class RequestBody {
    private final Value.Fields keys;

    private RequestBody(String type, Value content) {
        this.keys = Value.Fields.none().with("type", Value.of(type)).with("content", content);
    }

    private RequestBody(Value.Fields keys) {
        this.keys = keys;
    }

    /** {@return JSON, written as text with macros within its strings or in the place of values} */
    public static RequestBody json(String text) {
        return new RequestBody("json", Value.of(text));
    }

    /** {@return a JSON object; a field whose macros give no value is left out} */
    public static RequestBody json(Value.Fields object) {
        return new RequestBody("json", object);
    }

    /** {@return an empty JSON object, to which fields are added; a field whose macros give no value is left out} */
    public static RequestBody object() {
        return json(Value.Fields.none());
    }

    /**
     * {@return this JSON object with a field}
     *
     * @param value a format
     * @throws IllegalStateException if this body is not a JSON object
     */
    public RequestBody field(String name, String value) {
        return field(name, Value.of(value));
    }

    /** {@return this JSON object with a field that is true or false} */
    public RequestBody field(String name, boolean value) {
        return field(name, Value.of(value));
    }

    /** {@return this JSON object with a number} */
    public RequestBody field(String name, long value) {
        return field(name, Value.of(value));
    }

    /** {@return this JSON object with a field that is a list or an object} */
    public RequestBody field(String name, Value value) {
        if (!(keys.get("content") instanceof Value.Fields object)) {
            throw new IllegalStateException("only a JSON object has fields: begin with RequestBody.object()");
        }
        return new RequestBody(keys.with("content", object.with(name, value)));
    }

    /** {@return the fields of a form ({@code application/x-www-form-urlencoded})} */
    public static RequestBody form(Map<String, String> fields) {
        return new RequestBody("form", texts(fields));
    }

    /** {@return the parts of a form ({@code multipart/form-data})} */
    public static RequestBody multipart(Map<String, String> parts) {
        return new RequestBody("multipart", texts(parts));
    }

    /** {@return XML, written as text with macros} */
    public static RequestBody xml(String text) {
        return new RequestBody("xml", Value.of(text));
    }

    /** {@return plain text with macros} */
    public static RequestBody text(String text) {
        return new RequestBody("text", Value.of(text));
    }

    /** {@return this body with a content type instead of its own} */
    public RequestBody contentType(String type) {
        return new RequestBody(keys.with("contentType", Value.of(type)));
    }

    static Value.Fields texts(Map<String, String> texts) {
        Map<String, Value> values = new LinkedHashMap<>();
        texts.forEach((name, text) -> values.put(name, Value.of(text)));
        return Value.of(values);
    }

    Value.Fields keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "RequestBody" + keys;
    }
}
