package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Texts;
import dev.rollcall.formats.internal.values.Values;
import java.util.List;
import java.util.Locale;

/** Texts as wholes: space, case, joining, filling. Immutable and thread-safe. */
public final class TextFunctions {
    public static final List<FormatFunction> ALL = List.of(
            trim(),
            stripSpaces(),
            collapseSpaces(),
            lower(),
            upper(),
            capitalize(),
            append(),
            prepend(),
            join(),
            joinWith(),
            replace(),
            replaceFirst(),
            template(),
            pad("padLeft", true),
            pad("padRight", false),
            length());

    private TextFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Texts");
    }

    private static Parameter text() {
        return Parameter.of("text", TEXT);
    }

    private static FormatFunction trim() {
        return named("trim")
                .documentation("Removes white space on both ends, no-break spaces too.")
                .alsoKnownAs("Entra Trim")
                .parameter(text())
                .example("trim(' Ada ')", "'Ada'")
                .example("trim(null)", "null")
                .as(arguments -> Value.of(Texts.trim(arguments.text(0))));
    }

    private static FormatFunction stripSpaces() {
        return named("stripSpaces")
                .documentation("Removes every white space.")
                .alsoKnownAs("Entra StripSpaces, Okta removeSpaces")
                .parameter(text())
                .example("stripSpaces(' a b ')", "'ab'")
                .as(arguments -> {
                    StringBuilder out = new StringBuilder();
                    arguments
                            .text(0)
                            .codePoints()
                            .filter(c -> !Texts.isSpace(c))
                            .forEach(out::appendCodePoint);
                    return Value.of(out.toString());
                });
    }

    private static FormatFunction collapseSpaces() {
        return named("collapseSpaces")
                .documentation("Makes one space of each run of white space, and removes it on both ends.")
                .alsoKnownAs("ADManager remove extra spaces")
                .parameter(text())
                .example("collapseSpaces(' Ada   Maria ')", "'Ada Maria'")
                .as(arguments -> {
                    StringBuilder out = new StringBuilder();
                    boolean[] gap = {false};
                    Texts.trim(arguments.text(0)).codePoints().forEach(c -> {
                        if (Texts.isSpace(c)) {
                            gap[0] = true;
                            return;
                        }
                        out.append(gap[0] ? " " : "").appendCodePoint(c);
                        gap[0] = false;
                    });
                    return Value.of(out.toString());
                });
    }

    private static FormatFunction lower() {
        return named("lower")
                .documentation("Lower case, by the rules of no language or of the one named.")
                .alsoKnownAs("Entra ToLower, Okta toLowerCase")
                .parameter(text())
                .parameter(Parameter.of("language", TEXT).optional())
                .example("'ADA' | lower", "'ada'")
                .example("lower('IRMAK', 'tr')", "'ırmak'")
                .as(arguments -> Value.of(Texts.lower(arguments.text(0), language(arguments))));
    }

    private static FormatFunction upper() {
        return named("upper")
                .documentation("Upper case, by the rules of no language or of the one named.")
                .alsoKnownAs("Entra ToUpper, Okta toUpperCase")
                .parameter(text())
                .parameter(Parameter.of("language", TEXT).optional())
                .example("'straße' | upper", "'STRASSE'")
                .example("upper('irmak', 'tr')", "'İRMAK'")
                .as(arguments -> Value.of(arguments.text(0).toUpperCase(language(arguments))));
    }

    private static Locale language(Arguments arguments) {
        return arguments.has(1) ? Texts.locale(arguments.text(1)) : Locale.ROOT;
    }

    private static FormatFunction capitalize() {
        return named("capitalize")
                .documentation("The first character in upper case, the rest as it is.")
                .alsoKnownAs("midPoint capitalize")
                .parameter(text())
                .example("capitalize('mcDonald')", "'McDonald'")
                .as(arguments -> {
                    String text = arguments.text(0);
                    return Value.of(
                            Texts.part(text, 0, 1).toUpperCase(Locale.ROOT) + Texts.part(text, 1, text.length()));
                });
    }

    private static FormatFunction append() {
        return named("append")
                .documentation("The text and a suffix; nothing if either is.")
                .alsoKnownAs("Entra Append, Okta append")
                .parameter(text())
                .parameter(Parameter.of("suffix", TEXT))
                .example("append('ada', '@example.test')", "'ada@example.test'")
                .example("append(null, '@example.test')", "null")
                .as(arguments -> Value.of(arguments.text(0) + arguments.text(1)));
    }

    private static FormatFunction prepend() {
        return named("prepend")
                .documentation("A prefix and the text; nothing if either is.")
                .parameter(text())
                .parameter(Parameter.of("prefix", TEXT))
                .example("'42' | prepend('NZ')", "'NZ42'")
                .as(arguments -> Value.of(arguments.text(1) + arguments.text(0)));
    }

    private static FormatFunction join() {
        return named("join")
                .documentation(
                        "All values with a separator between; lists are taken item by item; what is absent, null,"
                                + " empty or blank is left out. Nothing if all of it is.")
                .alsoKnownAs("Entra Join, midPoint concatName")
                .parameter(Parameter.of("separator", TEXT))
                .parameter(Parameter.of("value", ANY).acceptsNothing().repeated())
                .example("join(' ', 'Ada', null, 'Lovelace')", "'Ada Lovelace'")
                .example("join(', ', '', 'Doe', 'John')", "'Doe, John'")
                .example("join(' ', null, null)", "null")
                .as(arguments -> join(arguments, arguments.text(0), 1, arguments.size()));
    }

    private static FormatFunction joinWith() {
        return named("joinWith")
                .documentation(
                        "The items of a list with a separator between; what is absent, null, empty or blank is left"
                                + " out. As join, with the list first, for use after a |.")
                .alsoKnownAs("Okta join")
                .parameter(Parameter.of("list", ANY).acceptsNothing())
                .parameter(Parameter.of("separator", TEXT))
                .example("list('a', 'b') | joinWith(', ')", "'a, b'")
                .example("null | joinWith(', ')", "null")
                .as(arguments -> join(arguments, arguments.text(1), 0, 1));
    }

    private static Value join(Arguments arguments, String separator, int from, int to) {
        StringBuilder out = new StringBuilder();
        Value nothing = null;
        boolean any = false;
        for (int i = from; i < to; i++) {
            Value value = arguments.value(i);
            if (value.isEmpty()) {
                nothing = Values.worse(nothing, Values.isNothing(value) ? value : Values.EMPTY);
            }
            for (Value item : Values.list(value)) {
                if (item instanceof Value.Unknown) {
                    return item;
                } else if (!item.isEmpty()) {
                    String text = Values.text(item);
                    Texts.output((long) out.length() + separator.length() + text.length());
                    out.append(any ? separator : "").append(text);
                    any = true;
                }
            }
        }
        return any ? Value.of(out.toString()) : nothing == null ? Values.EMPTY : nothing;
    }

    private static FormatFunction replace() {
        return named("replace")
                .documentation("Replaces each occurrence of a text, in exactly this case, by another.")
                .alsoKnownAs("Entra Replace, Okta replace")
                .parameter(text())
                .parameter(Parameter.of("old", TEXT))
                .parameter(Parameter.of("new", TEXT))
                .example("replace('a-b-c', '-', '.')", "'a.b.c'")
                .as(arguments -> {
                    String text = arguments.text(0);
                    String old = arguments.text(1);
                    if (old.isEmpty()) {
                        return arguments.value(0);
                    }
                    StringBuilder out = new StringBuilder(text.length());
                    int from = 0;
                    for (int hit = text.indexOf(old); hit >= 0; hit = text.indexOf(old, from)) {
                        out.append(text, from, hit).append(arguments.text(2));
                        Texts.output(out.length());
                        from = hit + old.length();
                    }
                    return Value.of(out.append(text, from, text.length()).toString());
                });
    }

    private static FormatFunction replaceFirst() {
        return named("replaceFirst")
                .documentation("Replaces the first occurrence of a text, in exactly this case, by another.")
                .alsoKnownAs("Okta replaceFirst")
                .parameter(text())
                .parameter(Parameter.of("old", TEXT))
                .parameter(Parameter.of("new", TEXT))
                .example("replaceFirst('a-b-c', '-', '.')", "'a.b-c'")
                .as(arguments -> {
                    String text = arguments.text(0);
                    String old = arguments.text(1);
                    int hit = old.isEmpty() ? -1 : text.indexOf(old);
                    return Value.of(
                            hit < 0
                                    ? text
                                    : text.substring(0, hit) + arguments.text(2) + text.substring(hit + old.length()));
                });
    }

    private static FormatFunction template() {
        return named("template")
                .documentation(
                        "A template in which the text stands in place of each token; for templates that are data.")
                .alsoKnownAs("Entra Replace with a template")
                .parameter(text())
                .parameter(Parameter.of("token", TEXT))
                .parameter(Parameter.of("template", TEXT))
                .example("template('ada', '%name%', 'cn=%name%')", "'cn=ada'")
                .as(arguments -> {
                    String token = arguments.text(1);
                    String template = arguments.text(2);
                    if (token.isEmpty()) {
                        return Value.of(template);
                    }
                    long hits = 0;
                    for (int at = template.indexOf(token); at >= 0; at = template.indexOf(token, at + token.length())) {
                        hits++;
                    }
                    Texts.output(template.length() + hits * arguments.text(0).length());
                    return Value.of(template.replace(token, arguments.text(0)));
                });
    }

    private static FormatFunction pad(String name, boolean left) {
        return named(name)
                .documentation("Fills a text up to a length, with 0 or another character, on the "
                        + (left ? "left" : "right") + "; a longer text stays as it is.")
                .alsoKnownAs(left ? "SailPoint leftPad" : "SailPoint rightPad")
                .parameter(text())
                .parameter(Parameter.of("length", INTEGER))
                .parameter(Parameter.of("fill", TEXT).optional())
                .example(name + "('42', 5)", left ? "'00042'" : "'42000'")
                .example("'123456' | " + name + "(5, 'x')", "'123456'")
                .as(arguments -> {
                    String text = arguments.text(0);
                    String fill = arguments.text(1 + 1, "0");
                    if (Texts.length(fill) != 1) {
                        throw FormatException.of("bad-argument", "fill with one character");
                    }
                    long missing = arguments.integer(1) - Texts.length(text);
                    Texts.output(missing);
                    String padding = missing <= 0 ? "" : Texts.repeat(fill, missing);
                    return Value.of(left ? padding + text : text + padding);
                });
    }

    private static FormatFunction length() {
        return named("length")
                .documentation("The number of characters, as Unicode code points.")
                .alsoKnownAs("Entra Len, Okta len")
                .parameter(text())
                .example("length('Ada')", "3")
                .example("length('😀')", "1")
                .as(arguments -> Value.of((long) Texts.length(arguments.text(0))));
    }
}
