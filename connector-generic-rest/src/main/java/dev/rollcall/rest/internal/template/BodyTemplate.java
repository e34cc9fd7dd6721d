package dev.rollcall.rest.internal.template;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Sinks;
import dev.rollcall.rest.internal.http.Payload;
import dev.rollcall.rest.internal.http.Queries;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Template;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, with macros encoded for what it is. Immutable and thread-safe.
 *
 * @param type what it is
 * @param content of json, xml and text; null for the others
 * @param tree of json that is given as a map and not as text; null for all else
 * @param parts of form and multipart
 * @param contentType instead of the type's own; empty for that
 */
public record BodyTemplate(
        Type type,
        @Nullable Template content,
        @Nullable JsonTemplate tree,
        Map<String, Template> parts,
        String contentType) {
    /** The keys of {@code body}. */
    public static final BlockKeys KEYS = BlockKeys.of(
            Setting.choice("type", Type.class).required().description("what the body is"),
            Setting.any("content").description("the content; its form depends on the type, below"),
            Setting.text("contentType").description("a content type instead of that of the type"));

    /** What a body is. */
    enum Type {
        NONE(""),
        JSON("application/json"),
        FORM("application/x-www-form-urlencoded"),
        MULTIPART("multipart/form-data"),
        XML("application/xml; charset=utf-8"),
        TEXT("text/plain; charset=utf-8");

        private final String contentType;

        Type(String contentType) {
            this.contentType = contentType;
        }
    }

    public static BodyTemplate none() {
        return new BodyTemplate(Type.NONE, null, null, Map.of(), "");
    }

    public static BodyTemplate read(Node block) {
        Type type = block.choice("type", Type.class);
        String contentType = block.text("contentType").orElse("");
        Template content = null;
        JsonTemplate tree = null;
        Map<String, Template> parts = Map.of();
        if (type == Type.JSON && block.has("content") && block.value("content") instanceof Value.Fields fields) {
            tree = JsonTemplate.read(fields, block.path("content"), block.problems());
        } else if (type == Type.FORM || type == Type.MULTIPART) {
            parts = block.templates("content");
        } else if (type != Type.NONE) {
            if (block.has("content")) {
                content = Template.read(block.value("content"), block.path("content"), block.problems())
                        .orElse(null);
            } else {
                block.problem("missing", "content", "is required", "write the body as text");
            }
        } else if (!block.has("type")) {
            block.problem("missing", "type", "is required", "one of none, json, form, multipart, xml, text");
            block.knows("content");
        }
        block.end();
        return new BodyTemplate(type, content, tree, parts, contentType);
    }

    public Set<Name> names() {
        Set<Name> names = new LinkedHashSet<>();
        if (content != null) {
            names.addAll(content.names());
        }
        if (tree != null) {
            names.addAll(tree.names());
        }
        parts.values().forEach(part -> names.addAll(part.names()));
        return names;
    }

    /**
     * {@return the body}
     *
     * @param paging what the paging adds to it
     * @throws ConnectorException if a macro in a text has no value
     */
    public Payload render(String what, Map<String, Value> paging, Evaluation evaluation) {
        return switch (type) {
            case NONE -> paging.isEmpty() ? Payload.none() : json(what, "{}", paging);
            case JSON -> json(what, text(what, evaluation), paging);
            case XML, TEXT -> payload(text(what, evaluation));
            case FORM -> {
                Map<String, String> fields = fields(evaluation);
                paging.forEach((name, value) -> fields.put(name, value.text().orElseThrow()));
                yield payload(Queries.encode(fields));
            }
            case MULTIPART -> {
                Map<String, String> fields = fields(evaluation);
                paging.forEach((name, value) -> fields.put(name, value.text().orElseThrow()));
                yield multipart(fields);
            }
        };
    }

    private Payload payload(String text) {
        return Payload.of(
                contentType.isEmpty() ? type.contentType : contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String what, Evaluation evaluation) {
        if (tree != null) {
            return tree.render(evaluation);
        }
        if (content == null) {
            return "";
        }
        Value value =
                content.render(type == Type.JSON ? Sinks.JSON : type == Type.XML ? Sinks.XML : Sinks.TEXT, evaluation);
        return value.text()
                .orElseThrow(() -> wrong(what, "the body has no value, as a macro in it has none (" + value + ")"));
    }

    /** A part without a value is left out, as a parameter is. */
    private Map<String, String> fields(Evaluation evaluation) {
        Map<String, String> fields = new LinkedHashMap<>();
        parts.forEach((name, template) ->
                template.render(Sinks.TEXT, evaluation).text().ifPresent(text -> fields.put(name, text)));
        return fields;
    }

    private Payload json(String what, String text, Map<String, Value> paging) {
        return paging.isEmpty()
                ? payload(text)
                : Payload.of(
                        contentType.isEmpty() ? Type.JSON.contentType : contentType, PagedJson.put(what, text, paging));
    }

    /** The boundary is made from what it separates, so that it occurs nowhere in it and is the same every time. */
    private Payload multipart(Map<String, String> fields) {
        String boundary = "rollcall-" + Long.toHexString(fields.hashCode() * 0x9E3779B97F4A7C15L);
        while (fields.toString().contains(boundary)) {
            boundary = boundary + "x";
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
            text.append(field.getKey().replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A"));
            text.append("\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
            text.append(field.getValue()).append("\r\n");
        }
        text.append("--").append(boundary).append("--\r\n");
        return Payload.of(
                "multipart/form-data; boundary=" + boundary, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ConnectorException wrong(String what, String message) {
        return new ConnectorException(
                FailureKind.REJECTED, Problem.of("body", "", what + ": " + message, "check the body"));
    }
}
