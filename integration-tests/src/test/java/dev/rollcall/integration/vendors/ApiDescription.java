package dev.rollcall.integration.vendors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application's own description of its API (OpenAPI 3.1, trimmed), against which requests are checked. Thread-safe. */
final class ApiDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    /**
     * A request as the server received it.
     *
     * @param query not decoded; empty if there is none
     */
    record Request(String method, String path, String query, String contentType, String body) {
        Map<String, String> parameters() {
            return fields(query);
        }

        @Override
        public String toString() {
            return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " " + body;
        }
    }

    /** One method of one path. */
    record Operation(Pattern path, String method, JsonNode description) {
        /** {@return the schema of a successful response} */
        JsonNode response() {
            return description.at("/responses/200/content/application~1json/schema");
        }
    }

    private final List<Operation> operations = new ArrayList<>();

    private ApiDescription(JsonNode document) {
        JsonNode whole = inlined(document, document);
        whole.get("paths").properties().forEach(path -> {
            // A path without parameters is more specific: it is tried first.
            Pattern pattern = Pattern.compile(path.getKey().replaceAll("\\{(\\w+)}", "([^/]+)"));
            path.getValue().properties().forEach(method -> {
                Operation operation = new Operation(pattern, method.getKey(), method.getValue());
                operations.add(path.getKey().contains("{") ? operations.size() : 0, operation);
            });
        });
    }

    /** {@return the description under {@code /vendors} that is so named} */
    static ApiDescription of(String name) {
        try (InputStream stream = ApiDescription.class.getResourceAsStream("/vendors/" + name + ".json")) {
            return new ApiDescription(JSON.readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode inlined(JsonNode node, JsonNode document) {
        if (node.path("$ref").isTextual()) {
            return inlined(document.at(node.get("$ref").textValue().substring(1)), document);
        }
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), inlined(field.getValue(), document)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(item -> copy.add(inlined(item, document)));
            return copy;
        }
        return node;
    }

    /** {@return the operation that a request is for} */
    Optional<Operation> operation(Request request) {
        return operations.stream()
                .filter(operation -> operation.method().equals(request.method().toLowerCase(Locale.ROOT))
                        && operation.path().matcher(request.path()).matches())
                .findFirst();
    }

    /** {@return what of a request the application does not describe; empty if it is as described} */
    List<String> faults(Request request) {
        Optional<Operation> found = operation(request);
        if (found.isEmpty()) {
            return List.of(request + ": there is no such operation");
        }
        List<String> faults = new ArrayList<>();
        JsonNode description = found.get().description();
        Map<String, String> parameters = new LinkedHashMap<>(request.parameters());
        Matcher path = found.get().path().matcher(request.path());
        int group = path.matches() ? 1 : 0;
        for (JsonNode parameter : description.get("parameters")) {
            String name = parameter.get("name").textValue();
            boolean inPath = parameter.get("in").textValue().equals("path");
            String value = inPath ? decoded(path.group(group++)) : parameters.remove(name);
            if (value != null && !value.isEmpty()) {
                check(parameter.get("schema"), typed(value, parameter.get("schema")), name, faults);
            } else if (value != null || parameter.get("required").booleanValue()) {
                faults.add(name + ": is " + (value == null ? "missing" : "empty"));
            }
        }
        parameters.keySet().forEach(name -> faults.add(name + ": there is no such parameter"));
        checkBody(description.path("requestBody").path("content"), request, faults);
        faults.replaceAll(fault -> request + ": " + fault);
        return faults;
    }

    private static void checkBody(JsonNode content, Request request, List<String> faults) {
        if (content.isMissingNode() || request.body().isEmpty()) {
            if (content.isMissingNode() == request.body().isEmpty()) {
                return;
            }
            faults.add(request.body().isEmpty() ? "the body is missing" : "there is no body");
            return;
        }
        String type = request.contentType().replaceFirst(";.*", "").trim();
        JsonNode schema = content.path(type).path("schema");
        if (schema.isMissingNode()) {
            faults.add("Content-Type: there is no '" + type + "'");
            return;
        }
        check(
                schema,
                type.endsWith("json") ? read(request.body()) : JSON.valueToTree(fields(request.body())),
                "",
                faults);
    }

    private static void check(JsonNode schema, JsonNode value, String name, List<String> faults) {
        SCHEMAS.getSchema(schema, STRICT).validate(value).forEach(message -> faults.add(name + message));
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode typed(String value, JsonNode schema) {
        String type = schema.path("type").asText();
        if (type.equals("integer") && value.matches("-?\\d{1,18}")) {
            return LongNode.valueOf(Long.parseLong(value));
        }
        if (type.equals("boolean") && value.matches("true|false")) {
            return BooleanNode.valueOf(value.equals("true"));
        }
        return TextNode.valueOf(value);
    }

    private static Map<String, String> fields(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int end = pair.indexOf('=');
            if (end >= 0) {
                fields.put(decoded(pair.substring(0, end)), decoded(pair.substring(end + 1)));
            } else if (!pair.isEmpty()) {
                fields.put(decoded(pair), "");
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return the names of the types of a schema} */
    static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        Iterator<JsonNode> several = schema.path("type").elements();
        several.forEachRemaining(type -> types.add(type.asText()));
        return types.isEmpty() ? List.of(schema.path("type").asText()) : types;
    }
}
