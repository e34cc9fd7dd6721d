package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Texts;
import java.util.List;
import java.util.Locale;

/** Texts as directories want them. Immutable and thread-safe. */
public final class DirectoryFunctions {
    public static final List<FormatFunction> ALL = List.of(rdn(), samAccountName(), mailLocal(), upn());

    private DirectoryFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Names in directories");
    }

    private static FormatFunction rdn() {
        return named("rdn")
                .documentation(
                        "A relative DN, its value escaped (RFC 4514); control characters are refused. The mapping's dn"
                                + " escapes its macros itself: this is for DNs inside other values.")
                .parameter(Parameter.of("attribute", TEXT))
                .parameter(Parameter.of("value", TEXT))
                .example("rdn('CN', 'Smith, John')", "'CN=Smith\\, John'")
                .example("rdn('CN', '#hash')", "'CN=\\#hash'")
                .example("rdn('CN', 'trail ')", "'CN=trail\\ '")
                .as(arguments -> Value.of(arguments.text(0) + "=" + escape(arguments.text(1))));
    }

    private static String escape(String value) {
        if (value.isEmpty() || value.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            throw FormatException.of("forbidden-character", "the value of an RDN is empty or holds control characters");
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean edge = (i == 0 || i == value.length() - 1) && c == ' ';
            if (",+\"\\<>;=".indexOf(c) >= 0 || edge || (i == 0 && c == '#')) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    private static String only(String text, String forbidden, int length) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .filter(c -> c > 0x20 && c != 0x7F && !Texts.isSpace(c) && forbidden.indexOf(c) < 0)
                .forEach(out::appendCodePoint);
        String name = out.toString().replaceAll("\\.{2,}", ".").replaceAll("^\\.+|\\.+$", "");
        name = Texts.part(name, 0, length).replaceAll("\\.+$", "");
        if (name.isEmpty()) {
            throw FormatException.of("forbidden-character", "no character is left", "fall back to another column");
        }
        return name;
    }

    private static FormatFunction samAccountName() {
        return named("samAccountName")
                .documentation(
                        "A text as a sAMAccountName: without marks, spaces and the characters that Active Directory"
                                + " forbids, no dot at either end, at most 20 characters or as many as named.")
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("length", INTEGER).optional())
                .example("samAccountName('Zoë O''Neil / Sales')", "'ZoeONeilSales'")
                .example("samAccountName('.anna-maria.von.hohenberg.')", "'anna-maria.von.hohen'")
                .example("samAccountName('***')", "error: forbidden-character")
                .as(arguments -> {
                    long length = Math.max(1, Math.min(20, arguments.integer(1, 20)));
                    return Value.of(only(AsciiFunctions.plain(arguments.text(0)), "\"/\\[]:;|=,+*?<>@'", (int) length));
                });
    }

    private static FormatFunction mailLocal() {
        return named("mailLocal")
                .documentation(
                        "A text as the part before the @ of a mail address or user principal name: without marks,"
                                + " spaces and forbidden characters, no dot at either end or twice, at most 64 characters.")
                .parameter(Parameter.of("text", TEXT))
                .example("mailLocal('José..Núñez (HR)')", "'Jose.NunezHR'")
                .as(arguments ->
                        Value.of(only(AsciiFunctions.plain(arguments.text(0)), "\\%&*+/=?{}|<>();:,[]\"@", 64)));
    }

    private static FormatFunction upn() {
        return named("upn")
                .documentation(
                        "A user principal name of a local part, made as mailLocal does, and a domain of at most 48"
                                + " characters.")
                .parameter(Parameter.of("local", TEXT))
                .parameter(Parameter.of("domain", TEXT))
                .example("upn('John Smith', 'example.test')", "'JohnSmith@example.test'")
                .example("upn('John', 'not a domain')", "error: forbidden-character")
                .as(arguments -> {
                    String domain = arguments.text(1).toLowerCase(Locale.ROOT);
                    if (domain.length() > 48
                            || !domain.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")) {
                        throw FormatException.of("forbidden-character", "the domain is none");
                    }
                    String local = AsciiFunctions.plain(arguments.text(0));
                    return Value.of(only(local, "\\%&*+/=?{}|<>();:,[]\"@", 64) + "@" + domain);
                });
    }
}
