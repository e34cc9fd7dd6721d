package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lookup tables, and values that are hidden. Immutable and thread-safe. */
public final class LookupFunctions {
    public static final List<FormatFunction> ALL = List.of(lookup(Map.of()), redact());

    private LookupFunctions() {}

    public static FormatFunction lookup(Map<String, Map<String, Value>> tables) {
        Map<String, Map<String, Value>> copy = new LinkedHashMap<>();
        tables.forEach((name, rows) -> copy.put(name, Map.copyOf(rows)));
        return new Lookup(copy);
    }

    private record Lookup(Map<String, Map<String, Value>> tables) implements FormatFunction {
        private static final FunctionDeclaration DECLARATION = FunctionDeclaration.named("lookup")
                .group("Lookup")
                .documentation(
                        "The value of a key in a table of the configuration, in exactly this case; otherwise the"
                                + " default, or absent. The name of the table is a constant, checked when the format is loaded.")
                .alsoKnownAs("SailPoint lookup")
                .parameter(Parameter.of("table", TEXT))
                .parameter(Parameter.of("key", TEXT))
                .parameter(Parameter.of("default", ANY).lazy().optional())
                .example("lookup('countries', 'NZ')", "'New Zealand'")
                .example("lookup('countries', 'XX', 'elsewhere')", "'elsewhere'")
                .example("lookup('countries', 'XX')", "skip()")
                .build();

        @Override
        public FunctionDeclaration declaration() {
            return DECLARATION;
        }

        @Override
        public FormatFunction prepare(Constants constants) {
            String table = constants
                    .text(0)
                    .orElseThrow(() -> FormatException.of("bad-argument", "the name of the table is a constant text"));
            if (!tables.containsKey(table)) {
                throw FormatException.of(
                        "unknown-table", "unknown table '" + table + "'", Suggestion.remedy(table, tables.keySet()));
            }
            return this;
        }

        @Override
        public Value apply(Arguments arguments) {
            Value value = tables.getOrDefault(arguments.text(0), Map.of()).get(arguments.text(1));
            if (value != null) {
                return value;
            }
            return arguments.has(2) ? arguments.value(2) : Value.absent();
        }
    }

    private static FormatFunction redact() {
        return FunctionDeclaration.named("redact")
                .group("Lookup")
                .documentation("The value as it is, but hidden in plans, logs, reports and traces.")
                .alsoKnownAs("Entra Redact")
                .parameter(Parameter.of("value", ANY))
                .sensitive()
                .example("redact('x') == 'x'", "true")
                .as(arguments -> arguments.value(0));
    }
}
