package dev.rollcall.formats.internal.functions;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.LatinLetters;
import dev.rollcall.formats.function.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Letters without their marks, by the habits of a language. Immutable and thread-safe. */
public final class AsciiFunctions {
    private static final Map<String, Map<Integer, String>> PROFILES = Map.ofEntries(
            Map.entry("default", Map.of()),
            Map.entry("de", pairs("ä ae ö oe ü ue Ä Ae Ö Oe Ü Ue")),
            Map.entry("da", pairs("å aa Å Aa ø oe Ø Oe æ ae Æ Ae")),
            Map.entry("no", pairs("å aa Å Aa ø oe Ø Oe æ ae Æ Ae")),
            Map.entry("sv", pairs("å a Å A ä a Ä A ö o Ö O")),
            Map.entry("fi", pairs("å a Å A ä a Ä A ö o Ö O")),
            Map.entry("hr", pairs("đ d Đ D")),
            Map.entry("sr", pairs("đ dj Đ Dj")),
            Map.entry("vi", pairs("đ d Đ D")),
            Map.entry("is", pairs("þ th Þ Th ð d Ð D")),
            Map.entry("tr", pairs("ı i İ I")));

    public static final List<FormatFunction> ALL = List.of(normalizeDiacritics(), ascii());

    private AsciiFunctions() {}

    private static FormatFunction normalizeDiacritics() {
        return new Spelling(
                FunctionDeclaration.named("normalizeDiacritics")
                        .group("Letters without marks")
                        .documentation(
                                "Letters without their marks, by the habits of a language if one is named (de, da, no,"
                                        + " sv, fi, hr, sr, vi, is, tr); other scripts stay as they are. Letters and signs that"
                                        + " stand for an apostrophe become one, dashes a hyphen, full-width characters"
                                        + " plain ones, so remove forbidden characters after it, not before.")
                        .alsoKnownAs("Entra NormalizeDiacritics, ADManager remove accents")
                        .parameter(Parameter.of("text", Parameter.Kind.TEXT))
                        .parameter(Parameter.of("language", Parameter.Kind.TEXT).optional())
                        .example("normalizeDiacritics('Zoë')", "'Zoe'")
                        .example("normalizeDiacritics('Nguyễn')", "'Nguyen'")
                        .example("normalizeDiacritics('Žižek')", "'Zizek'")
                        .example("normalizeDiacritics('Łukasz')", "'Lukasz'")
                        .example("normalizeDiacritics('Ærø')", "'Aeroe'")
                        .example("normalizeDiacritics('MÜLLER', 'de')", "'MUELLER'")
                        .example("normalizeDiacritics('Kaʻiulani')", "'Ka''iulani'")
                        .example("normalizeDiacritics('Đorđe', 'sr')", "'Djordje'")
                        .example("normalizeDiacritics('Толстой')", "'Толстой'")
                        .build(),
                null);
    }

    private static FormatFunction ascii() {
        return new Spelling(
                FunctionDeclaration.named("ascii")
                        .group("Letters without marks")
                        .documentation(
                                "As normalizeDiacritics, and nothing but ASCII: any other character is an error, so that"
                                        + " nobody's name becomes empty; or is left out (drop), or replaced by the text named.")
                        .alsoKnownAs("midPoint ascii, SailPoint decomposeDiacriticalMarks")
                        .parameter(Parameter.of("text", Parameter.Kind.TEXT))
                        .parameter(Parameter.of("language", Parameter.Kind.TEXT).optional())
                        .parameter(
                                Parameter.of("otherwise", Parameter.Kind.TEXT).optional())
                        .example("'Zoë' | ascii", "'Zoe'")
                        .example("'Müller' | ascii('de')", "'Mueller'")
                        .example("'Åse' | ascii('no')", "'Aase'")
                        .example("'Толстой' | ascii", "error: not-ascii")
                        .example("ascii('A☃B', 'default', 'drop')", "'AB'")
                        .example("ascii('A☃B', 'default', '?')", "'A?B'")
                        .build(),
                "fail");
    }

    private record Spelling(
            FunctionDeclaration declaration, @Nullable String unmappable) implements FormatFunction {
        @Override
        public FormatFunction prepare(Constants constants) {
            constants.text(1).ifPresent(AsciiFunctions::profile);
            return this;
        }

        @Override
        public Value apply(Arguments arguments) {
            String text = LatinLetters.withoutMarks(arguments.text(0), profile(arguments.text(1, "default")));
            return Value.of(unmappable == null ? text : ascii(text, arguments.text(2, unmappable)));
        }
    }

    private static String ascii(String text, String otherwise) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c <= 0x7F) {
                out.appendCodePoint(c);
            } else if (Character.getType(c) == Character.FORMAT) {
                return; // a soft hyphen or a mark of direction is no character that anybody sees
            } else if (otherwise.equals("fail")) {
                throw FormatException.of(
                        "not-ascii",
                        "the text holds a character that has no ASCII spelling",
                        "use a column in Latin letters, or transliterate of the module functions-transliterate");
            } else if (!otherwise.equals("drop")) {
                out.append(otherwise);
            }
        });
        return out.toString();
    }

    /** Letters without marks, nothing but ASCII. */
    static String plain(String text) {
        return ascii(LatinLetters.withoutMarks(text), "fail");
    }

    private static Map<Integer, String> profile(String language) {
        Map<Integer, String> profile = PROFILES.get(language);
        if (profile == null) {
            throw FormatException.of(
                    "bad-language", "there is no such profile", "write one of de, da, no, sv, fi, hr, sr, vi, is, tr");
        }
        return profile;
    }

    private static Map<Integer, String> pairs(String text) {
        String[] words = text.split(" ", -1);
        Map<Integer, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            pairs.put(words[i].codePointAt(0), words[i + 1]);
        }
        return Map.copyOf(pairs);
    }
}
