package dev.rollcall.rest.internal.template;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Format;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Sinks;
import dev.rollcall.rest.internal.settings.SecretValues;
import dev.rollcall.rest.internal.settings.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A body of JSON as a tree. A field whose macros have no value is left out, since null would clear it in the application. A
 * text that is one macro becomes the JSON value of it. Immutable and thread-safe.
 */
final class JsonTemplate {
    private static final Format WHOLE = Format.parse("${record.body}");

    private final Value tree;
    private final Map<String, Template> templates;

    private JsonTemplate(Value tree, Map<String, Template> templates) {
        this.tree = tree;
        this.templates = templates;
    }

    /** {@return the template of a tree; what is wrong in it goes to {@code problems}} */
    static JsonTemplate read(Value tree, String path, List<Problem> problems) {
        Map<String, Template> templates = new LinkedHashMap<>();
        collect(tree, path, templates, problems);
        return new JsonTemplate(at(tree, path), templates);
    }

    private static void collect(Value value, String path, Map<String, Template> templates, List<Problem> problems) {
        if (value instanceof Value.Fields fields) {
            fields.asMap().forEach((name, field) -> collect(field, path + "." + name, templates, problems));
        } else if (value instanceof Value.Items items) {
            for (int i = 0; i < items.items().size(); i++) {
                collect(items.items().get(i), path + "[" + i + "]", templates, problems);
            }
        } else if (value instanceof Value.Text || value instanceof Value.Sensitive) {
            Template.read(value, path, problems).ifPresent(template -> templates.put(path, template));
        }
    }

    /** {@return the tree, in which the path of a template stands in its place} */
    private static Value at(Value value, String path) {
        if (value instanceof Value.Fields fields) {
            Map<String, Value> copy = new LinkedHashMap<>();
            fields.asMap().forEach((name, field) -> copy.put(name, at(field, path + "." + name)));
            return Value.of(copy);
        } else if (value instanceof Value.Items items) {
            List<Value> copy = new ArrayList<>();
            for (int i = 0; i < items.items().size(); i++) {
                copy.add(at(items.items().get(i), path + "[" + i + "]"));
            }
            return Value.of(copy);
        }
        return value instanceof Value.Text || value instanceof Value.Sensitive ? Value.of(path) : value;
    }

    Set<Name> names() {
        Set<Name> names = new LinkedHashSet<>();
        templates.values().forEach(template -> names.addAll(template.names()));
        return names;
    }

    /** {@return the JSON text} */
    String render(Evaluation evaluation) {
        Value.Fields body = filled(tree, evaluation) instanceof Value.Fields fields
                ? SecretValues.revealed(fields)
                : Value.Fields.none();
        return body.asMap().isEmpty()
                ? "{}"
                : WHOLE.render(Sinks.JSON, Evaluation.of(name -> body)).text().orElseThrow();
    }

    /** {@return the value with its macros evaluated; absent where it is to be left out} */
    private Value filled(Value value, Evaluation evaluation) {
        if (value instanceof Value.Fields fields) {
            Map<String, Value> copy = new LinkedHashMap<>();
            fields.asMap().forEach((name, field) -> {
                Value made = filled(field, evaluation);
                if (!(made instanceof Value.Absent)) {
                    copy.put(name, made);
                }
            });
            return Value.of(copy);
        } else if (value instanceof Value.Items items) {
            List<Value> copy = new ArrayList<>(items.items().size());
            items.items().forEach(item -> copy.add(filled(item, evaluation)));
            copy.removeIf(Value.Absent.class::isInstance);
            return Value.of(copy);
        } else if (value instanceof Value.Text text) {
            Template template = templates.get(text.value());
            Value made = template == null ? Value.absent() : template.evaluate(evaluation);
            return made instanceof Value.Null || made instanceof Value.Unknown ? Value.absent() : made;
        }
        return value;
    }
}
