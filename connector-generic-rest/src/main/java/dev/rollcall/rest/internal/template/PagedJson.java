package dev.rollcall.rest.internal.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.connector.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** The parameters of paging in a body of JSON. Immutable and thread-safe. */
public final class PagedJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PagedJson() {}

    /** {@return the body with these parameters, named by field or by JSON Pointer} */
    static byte[] put(String what, String body, Map<String, Value> paging) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (!(root instanceof ObjectNode object)) {
                throw BodyTemplate.wrong(what, "paging in a body needs a JSON object there");
            }
            paging.forEach((name, value) -> put(object, name, value));
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw BodyTemplate.wrong(what, "the body is no JSON");
        }
    }

    /** {@return a text that is a whole number as one: applications that read numbers from a body are strict about it} */
    public static Value number(String text) {
        return text.matches("0|[1-9][0-9]{0,17}") ? Value.of(Long.parseLong(text)) : Value.of(text);
    }

    private static void put(ObjectNode object, String name, Value value) {
        ObjectNode target = object;
        String last = name;
        if (name.startsWith("/")) {
            JsonPointer pointer = JsonPointer.compile(name);
            last = Optional.ofNullable(pointer.last())
                    .map(JsonPointer::getMatchingProperty)
                    .orElse(name);
            JsonPointer head = pointer.head();
            target = head == null || head.matches() ? object : object.withObject(head);
        }
        String text = value.text().orElseThrow();
        if (value instanceof Value.Num) {
            target.put(last, new BigDecimal(text));
        } else {
            target.put(last, text);
        }
    }
}
