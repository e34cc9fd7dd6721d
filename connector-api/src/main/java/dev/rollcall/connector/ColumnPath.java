package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The path of a column in a user record: {@code email}, {@code manager.email}, {@code emails[0].value},
 * {@code ['Employee Number']}. Immutable and thread-safe.
 *
 * <p>Names are case-sensitive. A name with other characters than letters, digits, {@code _}, {@code -}, {@code :} and
 * {@code @} is written in brackets and quotes, a quote inside doubled. Indexes count from 0.
 */
public final class ColumnPath {
    /** A step: a name, or an index from 0. */
    private sealed interface Step {}

    /** The name is interned, as the names of fields are that come from JSON, so that one glance finds them equal. */
    private record Name(String name) implements Step {
        Name {
            name = name.intern();
        }
    }

    private record Index(int index) implements Step {}

    private final List<Step> steps;
    private final String text;
    /** The name, if it is all there is: most paths are but one column. */
    private final @Nullable String column;

    private ColumnPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.text = print(steps);
        this.column = steps.size() == 1 ? ((Name) steps.get(0)).name() : null;
    }

    /**
     * Parses a path.
     *
     * @throws IllegalArgumentException if it is not one; the message says where
     */
    public static ColumnPath parse(String text) {
        Objects.requireNonNull(text, "text");
        List<Step> steps = new ArrayList<>();
        int at = 0;
        boolean nameExpected = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[' && (!nameExpected || steps.isEmpty())) {
                int end = text.indexOf(']', at);
                if (at + 1 < text.length() && isQuote(text.charAt(at + 1))) {
                    char quote = text.charAt(at + 1);
                    StringBuilder name = new StringBuilder();
                    int i = at + 2;
                    while (i < text.length() && (text.charAt(i) != quote || next(text, i) == quote)) {
                        name.append(text.charAt(i));
                        i += text.charAt(i) == quote ? 2 : 1;
                    }
                    if (next(text, i) != ']') {
                        throw wrong(text, at, "a quoted name ends with a quote and ]");
                    }
                    steps.add(new Name(name.toString()));
                    at = i + 2;
                } else if (end > at + 1 && text.substring(at + 1, end).matches("[0-9]{1,9}") && !steps.isEmpty()) {
                    steps.add(new Index(Integer.parseInt(text.substring(at + 1, end))));
                    at = end + 1;
                } else {
                    throw wrong(text, at, "expected an index or a quoted name in brackets");
                }
                nameExpected = false;
            } else if (c == '.' && !nameExpected) {
                nameExpected = true;
                at++;
            } else if (nameExpected && isNamePart(c)) {
                int end = at;
                while (end < text.length() && isNamePart(text.charAt(end))) {
                    end++;
                }
                steps.add(new Name(text.substring(at, end)));
                at = end;
                nameExpected = false;
            } else {
                throw wrong(text, at, "unexpected '" + c + "'");
            }
        }
        if (nameExpected) {
            throw wrong(text, at, "expected a name");
        }
        return new ColumnPath(steps);
    }

    /** {@return the path of a top-level column of exactly this name, whatever characters are in it} */
    public static ColumnPath ofName(String name) {
        return new ColumnPath(List.of(new Name(name)));
    }

    /** {@return whether a name may be written without brackets and quotes if it is made of such characters} */
    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '@';
    }

    /** {@return the name of the top-level column that this path begins with} */
    public String column() {
        return ((Name) steps.get(0)).name();
    }

    /**
     * Reads the value at this path. An object or list that is null, absent or unknown on the way gives just that; a
     * text on the way, or an index past the end, gives {@link Value#absent()}.
     */
    public Value in(Value root) {
        if (column != null && root instanceof Value.Fields fields) {
            return fields.get(column);
        }
        Value value = root;
        for (Step step : steps) {
            if (value instanceof Value.Fields fields && step instanceof Name name) {
                value = fields.get(name.name());
            } else if (value instanceof Value.Items items && step instanceof Index index) {
                value = index.index() < items.items().size() ? items.items().get(index.index()) : Value.absent();
            } else if (!(value instanceof Value.Null) && !(value instanceof Value.Unknown)) {
                return Value.absent();
            }
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnPath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return the path as it is written; {@link #parse} gives it back} */
    @Override
    public String toString() {
        return text;
    }

    private static String print(List<Step> steps) {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Index index) {
                text.append('[').append(index.index()).append(']');
            } else if (step instanceof Name name) {
                if (isPlain(name.name())) {
                    text.append(text.isEmpty() ? "" : ".").append(name.name());
                } else {
                    text.append("['").append(name.name().replace("'", "''")).append("']");
                }
            }
        }
        return text.toString();
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isNamePart(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static char next(String text, int at) {
        return at + 1 < text.length() ? text.charAt(at + 1) : '\0';
    }

    private static IllegalArgumentException wrong(String text, int at, String what) {
        return new IllegalArgumentException("'" + text + "' is no column path: " + what + " at position " + (at + 1));
    }
}
