package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.EACH;
import static dev.rollcall.formats.function.Parameter.Kind.LIST;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.formats.internal.values.Values;
import java.util.ArrayList;
import java.util.List;

/** Functions that visit each item of a list, as {@code it}. Immutable and thread-safe. */
public final class VisitFunctions {
    public static final List<FormatFunction> ALL = List.of(map(), filter(), any());

    private VisitFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Lists").parameter(Parameter.of("list", LIST));
    }

    private static FormatFunction map() {
        return named("map")
                .documentation("A list of what an expression gives for each item, which is called it; what is absent or"
                        + " null is left out.")
                .alsoKnownAs("SailPoint map")
                .parameter(Parameter.of("expression", EACH))
                .example("join(',', map(list('A', 'B'), it | lower))", "'a,b'")
                .as(arguments -> {
                    List<Value> results = new ArrayList<>();
                    for (Value item : arguments.list(0)) {
                        Value result = arguments.each(1, item);
                        if (!Values.isNothing(result)) {
                            results.add(result);
                        }
                    }
                    return Values.list(results);
                });
    }

    private static FormatFunction filter() {
        return named("filter")
                .documentation("The items for which a condition holds; each is called it.")
                .alsoKnownAs("Okta filter")
                .parameter(Parameter.of("condition", EACH))
                .example("join(',', filter(list('smtp:a', 'x500:b'), startsWith(it, 'smtp:')))", "'smtp:a'")
                .as(arguments -> Values.list(arguments.list(0).stream()
                        .filter(item -> Values.truth(arguments.each(1, item)) == Truth.TRUE)
                        .toList()));
    }

    private static FormatFunction any() {
        return named("any")
                .documentation("Whether a condition holds for one of the items at least; each is called it.")
                .parameter(Parameter.of("condition", EACH))
                .example("any(list(1, 5), it > 3)", "true")
                .example("any(list(1, 2), it > 3)", "false")
                .as(arguments -> Value.of(arguments.list(0).stream()
                        .anyMatch(item -> Values.truth(arguments.each(1, item)) == Truth.TRUE)));
    }
}
