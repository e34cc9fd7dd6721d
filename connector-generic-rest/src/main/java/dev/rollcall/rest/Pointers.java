package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonPointer;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Value;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON Pointers into values. */
final class Pointers {
    private static final Pattern STEP = Pattern.compile("\\[([0-9]+)]|\\['((?:[^']|'')*)']|([^.\\[\\]]+)");

    private Pointers() {}

    /** {@return the value at a pointer; absent if there is none} */
    static Value at(Value root, JsonPointer pointer) {
        Value value = root;
        JsonPointer rest = pointer;
        while (!rest.matches()) {
            if (value instanceof Value.Fields fields) {
                value = fields.get(rest.getMatchingProperty());
            } else if (value instanceof Value.Items items
                    && rest.getMatchingIndex() >= 0
                    && rest.getMatchingIndex() < items.items().size()) {
                value = items.items().get(rest.getMatchingIndex());
            } else {
                return Value.absent();
            }
            rest = rest.tail();
        }
        return value;
    }

    /** {@return the pointer that says the same as a column path, the first {@code skip} steps left out} */
    static JsonPointer of(ColumnPath path, int skip) {
        StringBuilder pointer = new StringBuilder();
        Matcher step = STEP.matcher(path.toString());
        for (int i = 0; step.find(); i++) {
            String quoted = step.group(2);
            String name =
                    quoted != null ? quoted.replace("''", "'") : step.group(1) != null ? step.group(1) : step.group(3);
            if (i >= skip) {
                pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            }
        }
        return JsonPointer.compile(pointer.toString());
    }

    /** {@return a pointer; empty if the text is none} */
    static Optional<JsonPointer> parse(String text) {
        try {
            return Optional.of(JsonPointer.compile(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
