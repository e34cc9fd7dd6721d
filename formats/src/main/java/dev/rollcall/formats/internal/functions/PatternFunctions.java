package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Bounded;
import dev.rollcall.formats.internal.values.Texts;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Regular expressions of Java, in bounded time. Immutable and thread-safe. */
public final class PatternFunctions {
    public static final List<FormatFunction> ALL = List.of(matches(), replaceRegex(), extract());

    private PatternFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name)
                .group("Patterns")
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("pattern", TEXT));
    }

    /** A function whose second argument is a pattern, compiled once if it is a constant. */
    private record Patterned(
            FunctionDeclaration declaration,
            BiFunction<Pattern, Arguments, Value> body,
            @Nullable Pattern compiled) implements FormatFunction {
        @Override
        public FormatFunction prepare(Constants constants) {
            return constants
                    .text(1)
                    .<FormatFunction>map(pattern -> new Patterned(declaration, body, Bounded.compile(pattern)))
                    .orElse(this);
        }

        @Override
        public Value apply(Arguments arguments) {
            return body.apply(compiled == null ? Bounded.compile(arguments.text(1)) : compiled, arguments);
        }
    }

    private static FormatFunction matches() {
        FunctionDeclaration declaration = named("matches")
                .documentation(
                        "Whether the whole text matches a regular expression; also written a matches b. A pattern"
                                + " that takes too long is an error.")
                .example("matches('A-42', '[A-Z]-[0-9]+')", "true")
                .example("'xA-42' matches '[A-Z]-[0-9]+'", "false")
                .example(
                        "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(.*a){12}c')", "error: pattern-too-slow")
                .build();
        return new Patterned(
                declaration,
                (pattern, arguments) ->
                        Bounded.match(pattern, arguments.text(0), matcher -> Value.of(matcher.matches())),
                null);
    }

    private static FormatFunction replaceRegex() {
        FunctionDeclaration declaration = named("replaceRegex")
                .documentation(
                        "Replaces each match of a regular expression; $1 or ${name} in the replacement stands for"
                                + " a group.")
                .alsoKnownAs("Entra Replace with a regex, SailPoint replaceAll")
                .parameter(Parameter.of("replacement", TEXT))
                .example("replaceRegex('+64 (21) 555', '[^0-9]', '')", "'6421555'")
                .example("replaceRegex('Doe, John', '(.*), (.*)', '$2 $1')", "'John Doe'")
                .build();
        return new Patterned(
                declaration,
                (pattern, arguments) -> Bounded.match(pattern, arguments.text(0), matcher -> {
                    StringBuilder out = new StringBuilder();
                    while (matcher.find()) {
                        replace(matcher, out, arguments.text(2));
                        Texts.output(out.length());
                    }
                    return Value.of(matcher.appendTail(out).toString());
                }),
                null);
    }

    private static void replace(Matcher matcher, StringBuilder out, String replacement) {
        try {
            matcher.appendReplacement(out, replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw FormatException.of("bad-argument", "the replacement names a group that the pattern does not have");
        }
    }

    private static FormatFunction extract() {
        FunctionDeclaration declaration = named("extract")
                .documentation(
                        "The first match of a regular expression, or one of its groups by number; absent if there"
                                + " is none.")
                .alsoKnownAs("Entra Replace with a regex group")
                .parameter(Parameter.of("group", INTEGER).optional())
                .example("extract('Room 12b', '[0-9]+')", "'12'")
                .example("extract('Room 12b', '([0-9]+)([a-z])', 2)", "'b'")
                .example("extract('Room', '[0-9]+')", "skip()")
                .build();
        return new Patterned(
                declaration,
                (pattern, arguments) -> Bounded.match(pattern, arguments.text(0), matcher -> {
                    long group = arguments.integer(2, 0);
                    if (group < 0 || group > matcher.groupCount()) {
                        throw FormatException.of("bad-argument", "the pattern does not have this group");
                    }
                    String found = matcher.find() ? matcher.group((int) group) : null;
                    return found == null ? Value.absent() : Value.of(found);
                }),
                null);
    }
}
