package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Comparison;
import dev.rollcall.formats.internal.values.Texts;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;
import java.util.function.BiPredicate;

/** Asking what is in a text. Immutable and thread-safe. */
public final class SearchFunctions {
    public static final List<FormatFunction> ALL = List.of(
            contains(),
            test(
                    "startsWith",
                    "Whether a text begins with another, in exactly this case.",
                    "'Love'",
                    String::startsWith),
            test("endsWith", "Whether a text ends with another, in exactly this case.", "'lace'", String::endsWith),
            test(
                    "equalsIgnoreCase",
                    "Whether two texts are equal but for case.",
                    "'LOVELACE'",
                    (text, other) -> ChoiceFunctions.fold(text).equals(ChoiceFunctions.fold(other))),
            indexOf(),
            lastIndexOf());

    private SearchFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Searching texts");
    }

    private static FormatFunction contains() {
        return named("contains")
                .documentation("Whether a text has another in it, in exactly this case; of a list, whether one of its"
                        + " items equals it.")
                .alsoKnownAs("Entra Contains, Okta stringContains")
                .parameter(Parameter.of("value", ANY))
                .parameter(Parameter.of("part", TEXT))
                .example("contains('Lovelace', 'lace')", "true")
                .example("contains(list('a', 'b'), 'b')", "true")
                .example("contains(null, 'b')", "null")
                .as(arguments -> {
                    Value part = arguments.value(1);
                    if (arguments.value(0) instanceof Value.Items items) {
                        return Value.of(items.items().stream()
                                .anyMatch(item -> !Values.isNothing(item) && Comparison.equal(item, part)));
                    }
                    return Value.of(arguments.text(0).contains(arguments.text(1)));
                });
    }

    private static FormatFunction test(
            String name, String documentation, String hit, BiPredicate<String, String> predicate) {
        return named(name)
                .documentation(documentation)
                .alsoKnownAs("Okta " + name)
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("other", TEXT))
                .example(name + "('Lovelace', " + hit + ")", "true")
                .example(name + "('Ada', 'x')", "false")
                .as(arguments -> Value.of(predicate.test(arguments.text(0), arguments.text(1))));
    }

    private static FormatFunction indexOf() {
        return named("indexOf")
                .documentation("Where a text first occurs in another, counted from 0, at or after a position; -1 if it"
                        + " does not.")
                .alsoKnownAs("Entra InStr, which counts from 1")
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("part", TEXT))
                .parameter(Parameter.of("from", INTEGER).optional())
                .example("indexOf('The quick brown fox', 'quick')", "4")
                .example("indexOf('repEated', 'e', 2)", "6")
                .example("indexOf('abc', 'x')", "-1")
                .as(arguments -> {
                    String text = arguments.text(0);
                    long from = Math.max(0, Math.min(arguments.integer(2, 0), Texts.length(text)));
                    int hit = text.indexOf(arguments.text(1), text.offsetByCodePoints(0, (int) from));
                    return Value.of((long) (hit < 0 ? -1 : text.codePointCount(0, hit)));
                });
    }

    private static FormatFunction lastIndexOf() {
        return named("lastIndexOf")
                .documentation("Where a text last occurs in another, counted from 0; -1 if it does not.")
                .alsoKnownAs("Entra InStrRev")
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("part", TEXT))
                .example("lastIndexOf('a-b-c', '-')", "3")
                .as(arguments -> {
                    int hit = arguments.text(0).lastIndexOf(arguments.text(1));
                    return Value.of((long) (hit < 0 ? -1 : arguments.text(0).codePointCount(0, hit)));
                });
    }
}
