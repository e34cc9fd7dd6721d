package dev.rollcall.rest;

import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts what a user says over what a connector brings along. */
final class Presets {
    private Presets() {}

    /**
     * {@return a source block of both}
     *
     * <p>Blocks are joined key by key, everything else of the user's takes the place of the preset. A block of another
     * {@code type} takes the place of the whole block. Endpoints are joined by name; an endpoint that is only a name is
     * the preset of this name, and without any the presets are all there is, but for {@code otherEndpoints}.
     */
    static Value.Fields merge(Value.Fields presets, Value.Fields source, List<Problem> problems) {
        Map<String, Value> stands = new LinkedHashMap<>(presets.asMap());
        stands.remove("otherEndpoints");
        stands.remove("webhooks");
        Map<String, Value> merged =
                new LinkedHashMap<>(over(Value.of(stands), source).asMap());
        Map<String, Value.Fields> byName = new LinkedHashMap<>();
        for (String key : List.of("endpoints", "otherEndpoints")) {
            if (presets.get(key) instanceof Value.Items items) {
                for (Value item : items.items()) {
                    if (item instanceof Value.Fields fields) {
                        byName.put(fields.get("name").text().orElse(""), fields);
                    }
                }
            }
        }
        Value given = source.get("endpoints");
        if (given instanceof Value.Absent || given instanceof Value.Null) {
            return Value.of(merged);
        }
        List<Value> list = given instanceof Value.Items items ? items.items() : List.of(given);
        List<Value> endpoints = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Value item = list.get(i);
            String name = item instanceof Value.Fields fields
                    ? fields.get("name").text().orElse("")
                    : item.text().orElse("");
            Value.Fields preset = byName.get(name);
            if (item instanceof Value.Fields fields) {
                endpoints.add(preset == null ? fields : over(preset, fields));
            } else if (preset != null) {
                endpoints.add(preset);
            } else {
                problems.add(Problem.of(
                        "unknown-endpoint",
                        "endpoints[" + i + "]",
                        "the connector brings no endpoint '" + name + "'",
                        byName.isEmpty()
                                ? "describe it, with name and url"
                                : Suggestion.remedy(name, byName.keySet())));
            }
        }
        merged.put("endpoints", Value.of(endpoints));
        return Value.of(merged);
    }

    /** {@return a block in a block; one without keys if there is none} */
    static Value.Fields block(Value.Fields fields, String key) {
        return fields.get(key) instanceof Value.Fields block ? block : Value.Fields.none();
    }

    /** {@return what is given, over a preset, key by key} */
    static Value.Fields over(Value.Fields preset, Value.Fields given) {
        Value type = given.get("type");
        if (!(type instanceof Value.Absent) && !type.equals(preset.get("type"))) {
            return given;
        }
        Map<String, Value> merged = new LinkedHashMap<>(preset.asMap());
        given.asMap().forEach((key, value) -> {
            boolean both = preset.get(key) instanceof Value.Fields && value instanceof Value.Fields;
            merged.put(key, both ? over((Value.Fields) preset.get(key), (Value.Fields) value) : value);
        });
        return Value.of(merged);
    }
}
