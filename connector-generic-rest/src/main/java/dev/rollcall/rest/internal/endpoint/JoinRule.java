package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint after the first adds to the records. Immutable and thread-safe.
 *
 * @param kind what it is
 * @param endpoint the call or list
 * @param key the column of its rows that identifies them; the primary key if nobody said; null without either
 * @param lookup what is looked up by that key; null for the record's own primary key
 * @param callers the endpoints whose records are called for, by name
 * @param column where the rows go in the record
 * @param required whether a record without it must not be used
 * @param many whether a record may have several rows, and always gets a list
 * @param concurrency how many calls at the same time at most
 */
public record JoinRule(
        Kind kind,
        EndpointDefinition endpoint,
        @Nullable ColumnPath key,
        @Nullable Template lookup,
        Set<String> callers,
        String column,
        boolean required,
        boolean many,
        int concurrency) {
    /** What an endpoint after the first can be. */
    public enum Kind {
        /** More persons. */
        UNION,
        /** A list whose rows are found by a column. */
        LIST,
        /** One call for each record. */
        CALLS
    }

    /** The keys of an endpoint that are read here. */
    public static final BlockKeys KEYS = BlockKeys.of(
            Setting.list("for").description("the lists of persons for each of whose records it is called"),
            Setting.text("key").description("the column of its rows to join by; default: the source's `primaryKey`"),
            Setting.text("lookup").description("the column of the record whose value is looked up"),
            Setting.text("as")
                    .description("the column where the row goes; it takes the place of one of that name; default: the"
                            + " endpoint's name"),
            Setting.flag("required")
                    .description("whether a record without it must not be used; default: `false`; a `union` always is"),
            Setting.flag("union").byDefault("false").description("whether it lists more persons"),
            Setting.flag("many")
                    .byDefault("false")
                    .description("whether a record may have several rows; the column is then always a list"),
            Setting.integer("concurrency")
                    .between(1, 64)
                    .byDefault("4")
                    .description(
                            "how many calls are made at the same time at most, on the threads of the host and within"
                                    + " the endpoint's rate"));

    /** Checks the first endpoint, which drives. */
    public static void checkFirst(Node node) {
        for (String key : List.of("for", "key", "lookup", "as", "union", "many", "concurrency")) {
            if (node.has(key)) {
                String remedy =
                        key.equals("key") ? "the key of the first is primaryKey" : "remove it, or name another first";
                node.problem("wrong-value", key, "means nothing for the first endpoint, which drives", remedy);
            }
        }
        if (node.has("required") && !node.flag("required")) {
            node.problem("wrong-value", "required", "the first endpoint is always required", "remove it");
        }
    }

    /**
     * Reads the rule of an endpoint after the first.
     *
     * @param persons the endpoints before it that list persons, by name
     * @param columns the columns that were given out; this one's is added
     */
    public static Optional<JoinRule> read(
            Node node,
            EndpointDefinition endpoint,
            Optional<ColumnPath> primaryKey,
            Set<String> persons,
            Set<String> columns) {
        int before = node.problems().size();
        boolean union = node.flag("union");
        Set<String> callers = callers(node, persons);
        Kind kind = union ? Kind.UNION : node.has("for") ? Kind.CALLS : Kind.LIST;
        refuse(node, kind);
        boolean required = node.has("required") ? node.flag("required") : union;
        if (union && !required) {
            node.problem("wrong-value", "required", "a list of persons cannot be left out", "remove it");
        }
        ColumnPath key = key(node).or(() -> primaryKey).orElse(null);
        Template lookup = node.has("lookup") ? lookup(node) : null;
        if (kind == Kind.LIST && (key == null || (lookup == null && primaryKey.isEmpty()))) {
            node.problem("missing", "key", "the column to join by is not known", "set primaryKey at the source");
        }
        String column = node.text("as").orElse(endpoint.name());
        if (!union && !columns.add(column)) {
            node.problem("duplicate-name", "as", "another endpoint adds the column '" + column + "'", "set as");
        }
        if (!union
                && endpoint.names().stream().anyMatch(name -> name.namespace().equals("run"))) {
            String message = "a side endpoint that tells changes only would take away what did not change";
            node.problem("full-source", "url", message, "leave run.lastSuccess out of it");
        }
        boolean many = node.flag("many");
        int concurrency = node.integer("concurrency");
        if (node.problems().size() > before) {
            return Optional.empty();
        }
        return Optional.of(new JoinRule(kind, endpoint, key, lookup, callers, column, required, many, concurrency));
    }

    /** {@return a value of the rows' shape for a record} */
    public Value shaped(List<Value> rows) {
        if (many) {
            return Value.of(rows);
        }
        return rows.isEmpty() ? Value.absent() : rows.get(0);
    }

    /** {@return what to look up for a record} */
    public Value wanted(Evaluation evaluation) {
        return lookup == null ? Value.absent() : lookup.evaluate(evaluation);
    }

    private static Set<String> callers(Node node, Set<String> persons) {
        Set<String> callers = new LinkedHashSet<>();
        for (Value value : node.list("for")) {
            String name = value.text().orElse("");
            if (persons.contains(name)) {
                callers.add(name);
            } else {
                String message = "no endpoint before this one lists persons under the name '" + name + "'";
                node.problem("unknown-endpoint", "for", message, Suggestion.remedy(name, persons));
            }
        }
        return callers;
    }

    private static void refuse(Node node, Kind kind) {
        List<String> senseless = switch (kind) {
            case UNION -> List.of("for", "key", "lookup", "as", "many", "concurrency");
            case CALLS -> List.of("key", "lookup");
            case LIST -> List.of("concurrency");
        };
        for (String key : senseless) {
            if (node.has(key)) {
                String with = kind == Kind.UNION
                        ? "together with union"
                        : kind == Kind.CALLS ? "together with for" : "without for";
                node.problem("wrong-value", key, "means nothing " + with, "remove one of them");
            }
        }
    }

    private static Optional<ColumnPath> key(Node node) {
        return node.text("key").flatMap(text -> {
            try {
                return Optional.of(ColumnPath.parse(text));
            } catch (IllegalArgumentException e) {
                node.problem("wrong-value", "key", String.valueOf(e.getMessage()), "");
                return Optional.empty();
            }
        });
    }

    private static @Nullable Template lookup(Node node) {
        String text = node.text("lookup").orElse("");
        Template template = Template.parse(
                        text.contains("${") ? text : "${" + text + "}", false, node.path("lookup"), node.problems())
                .orElse(null);
        for (Name name : template == null ? Set.<Name>of() : template.names()) {
            if (!name.namespace().equals("record")) {
                node.problem("unknown-name", "lookup", "there is no '" + name + "' here", "known here: record.NAME");
            }
        }
        return template;
    }
}
