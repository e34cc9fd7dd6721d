package dev.rollcall.rest.internal.settings;

import com.fasterxml.jackson.core.JsonPointer;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Value;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON Pointer (RFC 6901) to a value. Immutable and thread-safe. */
public final class Pointer {
    private static final Pattern STEP = Pattern.compile("\\[([0-9]+)]|\\['((?:[^']|'')*)']|([^.\\[\\]]+)");
    private static final Pointer ROOT = new Pointer(JsonPointer.empty());

    private final JsonPointer steps;

    private Pointer(JsonPointer steps) {
        this.steps = steps;
    }

    /** {@return the pointer to the whole document} */
    public static Pointer root() {
        return ROOT;
    }

    /**
     * {@return the pointer that a text writes}
     *
     * @throws IllegalArgumentException if it is not empty and does not begin with a slash
     */
    public static Pointer of(String text) {
        return new Pointer(JsonPointer.compile(text));
    }

    /** {@return the pointer that a text writes; empty if it is not a pointer} */
    public static Optional<Pointer> parse(String text) {
        try {
            return Optional.of(of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the pointer to the same value as a column path without its first {@code skip} steps} */
    public static Pointer of(ColumnPath path, int skip) {
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
        return of(pointer.toString());
    }

    /** {@return the name of the first step; empty for the pointer to the whole document} */
    public String first() {
        return steps.matches() ? "" : steps.getMatchingProperty();
    }

    /** {@return the value that this points to; absent if there is none} */
    public Value in(Value document) {
        Value value = document;
        JsonPointer rest = steps;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pointer pointer && steps.equals(pointer.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    /** {@return the pointer as text, such as {@code /data/0/id}} */
    @Override
    public String toString() {
        return steps.toString();
    }
}
