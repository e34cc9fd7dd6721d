package dev.rollcall.integration.vendors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.StreamSupport;

/** JSON values in the shape of a schema, seeded. Not thread-safe: for one thread at a time. */
final class GeneratedValues {
    /** How much a generated object has. */
    enum Dose {
        /** Every field. */
        ALL,
        /** The required fields. */
        FEW,
        /** Every field; null where it may be. */
        NULLS,
        /** Every field; strings of any content are empty. */
        EMPTY
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** What a page says of itself is there in any dose. */
    private static final Set<String> ALWAYS = Set.of("additional_data", "pagination", "metadata", "next_cursor");

    private static final List<String> TEXTS =
            List.of("Ada", "O'Brien \"B\"", "Zoë & Söhne", "a\\b", "x\ny", "{${x}}", "李");

    private final Random random;
    private final Dose dose;
    private final String key;

    /** @param key the field that is never empty */
    GeneratedValues(long seed, Dose dose, String key) {
        random = new Random(seed);
        this.dose = dose;
        this.key = key;
    }

    JsonNode of(JsonNode schema) {
        return of(schema, "");
    }

    private JsonNode of(JsonNode schema, String name) {
        List<String> types = ApiDescription.types(schema);
        if (schema.has("const")) {
            return schema.get("const");
        } else if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        } else if (types.contains("null") && dose == Dose.NULLS) {
            return NODES.nullNode();
        }
        return switch (types.get(0)) {
            case "object" -> object(schema);
            case "array" -> {
                ArrayNode items = NODES.arrayNode();
                yield dose == Dose.ALL ? items.add(of(schema.get("items"), "")) : items;
            }
            case "integer" -> NODES.numberNode(1 + random.nextInt(1_000_000));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.textNode(text(schema, name));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        schema.path("properties").properties().forEach(field -> {
            boolean required = StreamSupport.stream(schema.path("required").spliterator(), false)
                    .anyMatch(it -> it.asText().equals(field.getKey()));
            if (dose != Dose.FEW || required || ALWAYS.contains(field.getKey())) {
                object.set(field.getKey(), of(field.getValue(), field.getKey()));
            }
        });
        return object;
    }

    private String text(JsonNode schema, String name) {
        String pattern = schema.path("pattern").asText();
        if (pattern.equals("^[0-9]+$")) {
            return String.valueOf(random.nextInt(1000));
        } else if (!pattern.isEmpty()) {
            return hex(24);
        }
        return switch (schema.path("format").asText()) {
            case "email" -> "ada+" + random.nextInt(1_000_000) + "@example.com";
            case "uuid" -> hex(8) + "-" + hex(4) + "-4" + hex(3) + "-9" + hex(3) + "-" + hex(12);
            case "date" -> "20%02d-0%d-1%d".formatted(random.nextInt(60), 1 + random.nextInt(9), random.nextInt(10));
            case "date-time" -> "2026-02-03T10:00:00.067Z";
            default -> {
                if (name.equals("access_token")) {
                    yield "t0k3n";
                } else if (name.equals(key)) {
                    yield String.valueOf(10_000 + random.nextInt(1_000_000));
                }
                yield dose == Dose.EMPTY ? "" : TEXTS.get(random.nextInt(TEXTS.size()));
            }
        };
    }

    private String hex(int digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(Integer.toHexString(random.nextInt(16)));
        }
        return text.toString();
    }
}
