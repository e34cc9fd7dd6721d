package dev.rollcall.formats;

import static dev.rollcall.formats.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.Parameter.Kind.LIST;
import static dev.rollcall.formats.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Functions of texts. Characters are code points and are counted from 0; cases change without regard to a language.
 * Immutable and thread-safe.
 */
final class TextFunctions {
    private static final String GROUP = "Texts";

    private TextFunctions() {}

    static final List<FormatFunction> ALL = List.of(
            trim(),
            lower(),
            upper(),
            capitalize(),
            substring(),
            replace(),
            join(),
            padLeft(),
            length(),
            contains(),
            startsWith(),
            endsWith(),
            split());

    private static FunctionDeclaration.Builder text(String name, String documentation) {
        return FunctionDeclaration.named(name)
                .group(GROUP)
                .documentation(documentation)
                .parameter(Parameter.of("text", TEXT));
    }

    private static FormatFunction trim() {
        return text("trim", "Takes white space off both ends, the no-break kinds too.")
                .example("'  Ada ' | trim", "'Ada'")
                .as(arguments -> Value.of(trimmed(arguments.text(0))));
    }

    private static FormatFunction lower() {
        return text("lower", "Changes all letters to lower case.")
                .alsoKnownAs("Entra ToLower")
                .example("'ADA' | lower", "'ada'")
                .as(arguments -> Value.of(arguments.text(0).toLowerCase(Locale.ROOT)));
    }

    private static FormatFunction upper() {
        return text("upper", "Changes all letters to upper case.")
                .alsoKnownAs("Entra ToUpper")
                .example("'ada' | upper", "'ADA'")
                .as(arguments -> Value.of(arguments.text(0).toUpperCase(Locale.ROOT)));
    }

    private static FormatFunction capitalize() {
        return text("capitalize", "Changes the first character to upper case and leaves the rest.")
                .example("'mcDonald' | capitalize", "'McDonald'")
                .as(arguments -> {
                    String whole = arguments.text(0);
                    int end = whole.isEmpty() ? 0 : whole.offsetByCodePoints(0, 1);
                    return Value.of(whole.substring(0, end).toUpperCase(Locale.ROOT) + whole.substring(end));
                });
    }

    private static FormatFunction substring() {
        return text(
                        "substring",
                        "Takes the characters from one index up to, not including, another; indexes count from 0"
                                + " and are clamped to the text.")
                .parameter(Parameter.of("from", INTEGER))
                .parameter(Parameter.of("to", INTEGER).optional())
                .example("'Lovelace' | substring(0, 4)", "'Love'")
                .example("'Lovelace' | substring(4)", "'lace'")
                .example("'Ada' | substring(1, 99)", "'da'")
                .as(arguments -> {
                    String whole = arguments.text(0);
                    int to = arguments.has(2) ? arguments.count(2) : Integer.MAX_VALUE;
                    return Value.of(characters(whole, arguments.count(1), to));
                });
    }

    private static FormatFunction replace() {
        return text("replace", "Puts one text in place of every occurrence of another, case-sensitive.")
                .parameter(Parameter.of("old", TEXT))
                .parameter(Parameter.of("new", TEXT).acceptsNothing())
                .example("'a-b-c' | replace('-', '')", "'abc'")
                .as(arguments -> {
                    String old = arguments.text(1);
                    String fresh = arguments.value(2).isEmpty() && Values.isNothing(arguments.value(2))
                            ? ""
                            : arguments.text(2);
                    return old.isEmpty()
                            ? arguments.value(0)
                            : Value.of(arguments.text(0).replace(old, fresh));
                });
    }

    private static FormatFunction join() {
        return FunctionDeclaration.named("join")
                .group(GROUP)
                .documentation(
                        "Joins values with a separator, lists item by item; what is absent, null or blank is left"
                                + " out. Of nothing at all it is nothing.")
                .alsoKnownAs("Entra Join, midPoint concatName")
                .parameter(Parameter.of("separator", TEXT))
                .parameter(Parameter.of("values", LIST).acceptsNothing().repeated())
                .example("join(' ', 'Ada', null, 'Lovelace')", "'Ada Lovelace'")
                .as(TextFunctions::joined);
    }

    private static Value joined(Arguments arguments) {
        List<String> texts = new ArrayList<>();
        Value nothing = null;
        for (int i = 1; i < arguments.size(); i++) {
            if (arguments.value(i).isEmpty()) {
                nothing = Values.worse(nothing, arguments.value(i));
            }
            for (Value item : arguments.list(i)) {
                if (!item.isEmpty()) {
                    texts.add(Values.text(item));
                }
            }
        }
        Limits.output(texts.stream().mapToLong(String::length).sum());
        return texts.isEmpty() && nothing != null && Values.isNothing(nothing)
                ? nothing
                : Value.of(String.join(arguments.text(0), texts));
    }

    private static FormatFunction padLeft() {
        return text("padLeft", "Puts characters before a text until it is as long as asked; a longer one is unchanged.")
                .alsoKnownAs("SailPoint leftPad")
                .parameter(Parameter.of("length", INTEGER))
                .parameter(Parameter.of("fill", TEXT).optional())
                .example("42 | padLeft(5, '0')", "'00042'")
                .example("'123456' | padLeft(5, '0')", "'123456'")
                .as(arguments -> {
                    String whole = arguments.text(0);
                    String fill = arguments.text(2, " ");
                    if (fill.codePointCount(0, fill.length()) != 1) {
                        throw FormatException.of("bad-fill", "the text is filled with one character");
                    }
                    long missing = arguments.integer(1) - whole.codePointCount(0, whole.length());
                    Limits.output(missing);
                    return Value.of(fill.repeat((int) Math.max(0, missing)) + whole);
                });
    }

    private static FormatFunction length() {
        return text("length", "Counts the characters.")
                .alsoKnownAs("Entra Len")
                .example("length('Ada')", "3")
                .as(arguments -> {
                    String whole = arguments.text(0);
                    return Value.of((long) whole.codePointCount(0, whole.length()));
                });
    }

    private static FormatFunction contains() {
        return text("contains", "Says whether a text is in another, case-sensitive. Also written {@code a contains b}.")
                .parameter(Parameter.of("part", TEXT))
                .example("contains('Lovelace', 'lace')", "true")
                .as(arguments -> Value.of(arguments.text(0).contains(arguments.text(1))));
    }

    private static FormatFunction startsWith() {
        return text("startsWith", "Says whether a text begins with another, case-sensitive.")
                .parameter(Parameter.of("part", TEXT))
                .example("startsWith('Lovelace', 'Love')", "true")
                .as(arguments -> Value.of(arguments.text(0).startsWith(arguments.text(1))));
    }

    private static FormatFunction endsWith() {
        return text("endsWith", "Says whether a text ends with another, case-sensitive.")
                .parameter(Parameter.of("part", TEXT))
                .example("endsWith('Lovelace', 'lace')", "true")
                .as(arguments -> Value.of(arguments.text(0).endsWith(arguments.text(1))));
    }

    private static FormatFunction split() {
        return text("split", "Cuts a text at every occurrence of a separator, which is taken literally.")
                .parameter(Parameter.of("separator", TEXT))
                .example("split('a,b', ',') | last", "'b'")
                .as(arguments -> {
                    List<Value> parts = new ArrayList<>();
                    String pattern = java.util.regex.Pattern.quote(arguments.text(1));
                    for (String part : arguments.text(0).split(pattern, -1)) {
                        parts.add(Value.of(part));
                    }
                    return Values.list(parts);
                });
    }

    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** The characters from an index up to another, both clamped. */
    static String characters(String text, int from, int to) {
        int length = text.codePointCount(0, text.length());
        int start = Math.max(0, Math.min(from, length));
        int end = Math.max(start, Math.min(to, length));
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }
}
