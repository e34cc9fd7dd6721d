package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.ANY;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Texts;
import java.util.List;

/** Parts of texts; positions count from 0, in code points. Immutable and thread-safe. */
public final class PartFunctions {
    public static final List<FormatFunction> ALL = List.of(
            end("first"),
            end("last"),
            side("left"),
            side("right"),
            mid(),
            substring(),
            around("substringBefore", "before the first", "the whole text", "'a'"),
            around("substringAfter", "after the first", "the empty text", "'b-c'"),
            around("substringBeforeLast", "before the last", "the whole text", "'a-b'"),
            around("substringAfterLast", "after the last", "the empty text", "'c'"),
            charAt(),
            truncate());

    private PartFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Parts of texts");
    }

    private static Parameter text() {
        return Parameter.of("text", TEXT);
    }

    private static FormatFunction end(String name) {
        boolean first = name.equals("first");
        return named(name)
                .documentation("With a count, the " + name + " so many characters of a text; without, the " + name
                        + " item of a list, absent if it is empty.")
                .alsoKnownAs("ADManager " + name + " n characters")
                .parameter(Parameter.of("value", ANY))
                .parameter(Parameter.of("count", INTEGER).optional())
                .example("'Lovelace' | " + name + "(3)", first ? "'Lov'" : "'ace'")
                .example("list('a', 'b') | " + name, first ? "'a'" : "'b'")
                .example("'Ada' | " + name, "'Ada'")
                .as(arguments -> {
                    if (arguments.has(1)) {
                        String text = arguments.text(0);
                        long count = Math.max(0, arguments.integer(1));
                        long length = Texts.length(text);
                        return Value.of(
                                first
                                        ? Texts.part(text, 0, count)
                                        : Texts.part(text, length - Math.min(length, count), length));
                    }
                    List<Value> items = arguments.list(0);
                    return items.isEmpty() ? Value.absent() : items.get(first ? 0 : items.size() - 1);
                });
    }

    private static FormatFunction side(String name) {
        boolean left = name.equals("left");
        return named(name)
                .documentation("So many characters from the " + name + "; the whole text if the count is negative.")
                .alsoKnownAs(left ? "Entra Left" : "Entra Right")
                .parameter(text())
                .parameter(Parameter.of("count", INTEGER))
                .example(name + "('John Doe', 3)", left ? "'Joh'" : "'Doe'")
                .example(name + "('John', -1)", "'John'")
                .example(name + "('John', 0)", "''")
                .as(arguments -> {
                    String text = arguments.text(0);
                    long length = Texts.length(text);
                    long count = arguments.integer(1) < 0 ? length : Math.min(length, arguments.integer(1));
                    return Value.of(left ? Texts.part(text, 0, count) : Texts.part(text, length - count, length));
                });
    }

    private static FormatFunction mid() {
        return named("mid")
                .documentation("So many characters from a position; what lies past the end is left out, a negative"
                        + " position is an error.")
                .alsoKnownAs("Entra Mid, which counts from 1")
                .parameter(text())
                .parameter(Parameter.of("start", INTEGER))
                .parameter(Parameter.of("count", INTEGER))
                .example("mid('John Doe', 5, 3)", "'Doe'")
                .example("mid('John', 9, 3)", "''")
                .example("mid('John', -1, 3)", "error: bad-argument")
                .as(arguments -> {
                    long start = arguments.integer(1);
                    if (start < 0) {
                        throw FormatException.of("bad-argument", "positions count from 0");
                    }
                    long count = Math.max(0, Math.min(arguments.integer(2), Integer.MAX_VALUE));
                    long from = Math.min(start, Integer.MAX_VALUE);
                    return Value.of(Texts.part(arguments.text(0), from, from + count));
                });
    }

    private static FormatFunction substring() {
        return named("substring")
                .documentation(
                        "The text from one position to another, which is not included; positions outside are moved"
                                + " to the ends.")
                .alsoKnownAs("Okta substring, SailPoint substring")
                .parameter(text())
                .parameter(Parameter.of("from", INTEGER))
                .parameter(Parameter.of("to", INTEGER).optional())
                .example("substring('Lovelace', 4)", "'lace'")
                .example("substring('Lovelace', 0, 4)", "'Love'")
                .example("substring('Ada', 2, 99)", "'a'")
                .as(arguments -> Value.of(
                        Texts.part(arguments.text(0), arguments.integer(1), arguments.integer(2, Integer.MAX_VALUE))));
    }

    private static FormatFunction around(String name, String where, String missing, String result) {
        boolean before = name.startsWith("substringBefore");
        boolean last = name.endsWith("Last");
        return named(name)
                .documentation("What stands " + where + " separator; " + missing + " if there is none.")
                .alsoKnownAs("Okta " + name)
                .parameter(text())
                .parameter(Parameter.of("separator", TEXT))
                .example(name + "('a-b-c', '-')", result)
                .example(name + "('abc', '-')", before ? "'abc'" : "''")
                .as(arguments -> {
                    String text = arguments.text(0);
                    String separator = arguments.text(1);
                    int hit = last ? text.lastIndexOf(separator) : text.indexOf(separator);
                    if (hit < 0) {
                        return Value.of(before ? text : "");
                    }
                    return Value.of(before ? text.substring(0, hit) : text.substring(hit + separator.length()));
                });
    }

    private static FormatFunction charAt() {
        return named("charAt")
                .documentation("The character at a position from 0; the empty text outside.")
                .alsoKnownAs("ADManager Nth character")
                .parameter(text())
                .parameter(Parameter.of("index", INTEGER))
                .example("charAt('Ada', 1)", "'d'")
                .example("charAt('Ada', 9)", "''")
                .as(arguments -> {
                    long index = arguments.integer(1);
                    boolean outside = index < 0 || index >= Integer.MAX_VALUE;
                    return Value.of(outside ? "" : Texts.part(arguments.text(0), index, index + 1));
                });
    }

    private static FormatFunction truncate() {
        return named("truncate")
                .documentation("The text cut to a length; a suffix that it ends with is kept and the rest cut.")
                .alsoKnownAs("ADManager limit total length")
                .parameter(text())
                .parameter(Parameter.of("length", INTEGER))
                .parameter(Parameter.of("keepSuffix", TEXT).optional())
                .example("truncate('alexander', 4)", "'alex'")
                .example("truncate('alexander-x', 6, '-x')", "'alex-x'")
                .as(arguments -> {
                    String text = arguments.text(0);
                    long length = Math.max(0, arguments.integer(1));
                    String suffix = arguments.text(2, "");
                    if (Texts.length(text) <= length) {
                        return Value.of(text);
                    }
                    if (suffix.isEmpty() || !text.endsWith(suffix) || Texts.length(suffix) > length) {
                        return Value.of(Texts.part(text, 0, length));
                    }
                    return Value.of(Texts.part(text, 0, length - Texts.length(suffix)) + suffix);
                });
    }
}
