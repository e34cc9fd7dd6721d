package dev.rollcall.formats;

import static dev.rollcall.formats.Parameter.Kind.ANY;
import static dev.rollcall.formats.Parameter.Kind.CONDITION;

import dev.rollcall.connector.Value;
import java.util.List;

/** Functions that choose between values, or say whether there is one. Immutable and thread-safe. */
final class ChoiceFunctions {
    private static final String GROUP = "Presence and choice";

    private ChoiceFunctions() {}

    static final List<FormatFunction> ALL = List.of(coalesce(), otherwise(), iif(), isPresent(), redact());

    private static FormatFunction coalesce() {
        return FunctionDeclaration.named("coalesce")
                .group(GROUP)
                .documentation(
                        "Gives the first value that is there: not absent, not null, not blank, not an empty list.")
                .alsoKnownAs("Entra Coalesce, SailPoint firstValid")
                .parameter(Parameter.of("values", ANY).acceptsNothing().repeated())
                .example("coalesce(null, '', 'x', 'y')", "'x'")
                .fallback()
                .as(arguments -> {
                    for (int i = 0; i < arguments.size(); i++) {
                        if (!arguments.value(i).isEmpty()) {
                            return arguments.value(i);
                        }
                    }
                    return arguments.value(arguments.size() - 1);
                });
    }

    private static FormatFunction otherwise() {
        return FunctionDeclaration.named("default")
                .group(GROUP)
                .documentation("Gives the value, or another one if it is absent, null or blank.")
                .alsoKnownAs("Entra Default")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .parameter(Parameter.of("otherwise", ANY).lazy())
                .example("null | default('x')", "'x'")
                .example("'a' | default('x')", "'a'")
                .fallback()
                .as(arguments -> arguments.value(0).isEmpty() ? arguments.value(1) : arguments.value(0));
    }

    private static FormatFunction iif() {
        return FunctionDeclaration.named("iif")
                .group(GROUP)
                .documentation(
                        "Gives one value if a condition holds and another if it does not; nothing if it cannot be"
                                + " told. Only the value that is given is evaluated.")
                .alsoKnownAs("Entra IIF")
                .parameter(Parameter.of("condition", CONDITION))
                .parameter(Parameter.of("holds", ANY).lazy())
                .parameter(Parameter.of("otherwise", ANY).lazy())
                .example("iif(1 < 2, 'a', 'b')", "'a'")
                .as(arguments -> switch (arguments.truth(0)) {
                    case TRUE -> arguments.value(1);
                    case FALSE -> arguments.value(2);
                    case UNKNOWN -> Value.absent();
                });
    }

    private static FormatFunction isPresent() {
        return FunctionDeclaration.named("isPresent")
                .group(GROUP)
                .documentation("Says whether there is a value: not absent, not null, not blank, not an empty list.")
                .alsoKnownAs("Entra IsPresent")
                .parameter(Parameter.of("value", ANY).acceptsNothing())
                .example("isPresent('')", "false")
                .example("isPresent('x')", "true")
                .as(arguments -> Value.of(!arguments.value(0).isEmpty()));
    }

    private static FormatFunction redact() {
        return FunctionDeclaration.named("redact")
                .group(GROUP)
                .documentation("Gives the value as it is, and hides it in plans, logs and explanations.")
                .alsoKnownAs("Entra Redact")
                .parameter(Parameter.of("value", ANY))
                .sensitive()
                .as(arguments -> arguments.value(0));
    }
}
