package dev.rollcall.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON as SCIM reads it: the names of attributes in any case, numbers and truth also as texts. */
final class ScimJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(100)
                        .maxNumberLength(1000)
                        .build());
    }

    private ScimJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@return the JSON; empty if the text is none} */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static Object plain(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    /** {@return the member of this name, in whatever case; missing if there is none} */
    static JsonNode child(JsonNode object, String name) {
        JsonNode exact = object.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String each = names.next();
            if (each.equalsIgnoreCase(name)) {
                return object.path(each);
            }
        }
        return MissingNode.getInstance();
    }

    /** {@return the object of this name, made if there is none} */
    static ObjectNode object(ObjectNode parent, String name) {
        if (child(parent, name) instanceof ObjectNode present) {
            return present;
        }
        remove(parent, name);
        return parent.putObject(name);
    }

    /** Sets a member, or removes it, in whatever case its name is. */
    static void put(ObjectNode parent, String name, @Nullable JsonNode value) {
        String present = name;
        for (Iterator<String> names = parent.fieldNames(); names.hasNext(); ) {
            String each = names.next();
            present = each.equalsIgnoreCase(name) ? each : present;
        }
        if (value == null) {
            parent.remove(present);
        } else {
            parent.set(present, value);
        }
    }

    static void remove(ObjectNode parent, String name) {
        put(parent, name, null);
    }

    /** {@return a text, number or truth as text; empty for anything else} */
    static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    /** {@return a number that may have come as a text; negative if there is none} */
    static long number(JsonNode node) {
        try {
            return node.isNumber() ? node.asLong() : Long.parseLong(text(node).strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static boolean flag(JsonNode node, boolean otherwise) {
        String text = text(node);
        return text.equalsIgnoreCase("true") || (otherwise && !text.equalsIgnoreCase("false"));
    }
}
