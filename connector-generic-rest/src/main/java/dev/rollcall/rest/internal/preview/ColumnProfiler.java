package dev.rollcall.rest.internal.preview;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.ErrorText;
import dev.rollcall.rest.internal.http.Redactor;
import dev.rollcall.rest.preview.ColumnProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Looks at records and says what their columns hold. Not thread-safe: for one thread at a time. */
final class ColumnProfiler {
    private static final int EXAMPLES = 3;
    private static final int SHOWN = 60;
    private static final int MAX_DEPTH = 5;

    private static final class Column {
        private final Set<String> types = new LinkedHashSet<>();
        private final Set<String> values = new HashSet<>();
        private final Set<String> examples = new LinkedHashSet<>();
        private int present;
        private int filled;
    }

    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Redactor redactor;
    private int records;

    /**
     * A profiler that saw nothing yet.
     *
     * @param redactor takes credentials out of what is shown, which the application may echo
     */
    ColumnProfiler(Redactor redactor) {
        this.redactor = redactor;
    }

    void see(Value.Fields record) {
        records++;
        record.asMap().forEach((name, value) -> see(step(name), value, 1));
    }

    private void see(String path, Value value, int depth) {
        Column column = columns.computeIfAbsent(path, key -> new Column());
        column.present++;
        column.types.add(type(value));
        if (!value.isEmpty()) {
            column.filled++;
        }
        value.text().filter(text -> !text.isBlank()).ifPresent(text -> {
            column.values.add(text);
            if (column.examples.size() < EXAMPLES) {
                String line = ErrorText.oneLine(redactor.redact(text));
                column.examples.add(line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
            }
        });
        if (depth < MAX_DEPTH && value instanceof Value.Fields fields) {
            fields.asMap()
                    .forEach((name, each) -> see(path + (isPlain(name) ? "." : "") + step(name), each, depth + 1));
        } else if (depth < MAX_DEPTH
                && value instanceof Value.Items items
                && !items.items().isEmpty()) {
            see(path + "[0]", items.items().get(0), depth + 1);
        }
    }

    private static boolean isPlain(String name) {
        return name.matches("[\\p{L}\\p{N}_@:-]+");
    }

    private static String step(String name) {
        return isPlain(name) ? name : "['" + name.replace("'", "''") + "']";
    }

    private static String type(Value value) {
        if (value instanceof Value.Num) {
            return "number";
        } else if (value instanceof Value.Bool) {
            return "boolean";
        } else if (value instanceof Value.Fields) {
            return "object";
        } else if (value instanceof Value.Items) {
            return "list";
        }
        return value instanceof Value.Text ? "text" : "null";
    }

    int records() {
        return records;
    }

    List<ColumnProfile> columns() {
        List<ColumnProfile> profiles = new ArrayList<>();
        columns.forEach((path, column) -> profiles.add(new ColumnProfile(
                redactor.redact(path),
                column.types,
                records,
                column.present,
                column.filled,
                column.values.size(),
                List.copyOf(column.examples))));
        return profiles;
    }

    /** {@return the columns that could identify a user, those that look like it first} */
    List<String> keyCandidates() {
        return columns().stream()
                .filter(ColumnProfile::isKeyCandidate)
                .map(ColumnProfile::path)
                .sorted(Comparator.comparingInt(ColumnProfiler::rank))
                .toList();
    }

    private static int rank(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.equals("id") || name.matches("(employee|user|person|staff)[_-]?(id|number|no|identifier)")) {
            return 0;
        }
        return name.endsWith("id") || name.endsWith("number") ? 1 : name.contains("mail") ? 2 : 3;
    }
}
