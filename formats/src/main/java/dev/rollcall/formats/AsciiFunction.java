package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code ascii}: letters without their marks, by the habits of a language. Immutable and thread-safe. */
final class AsciiFunction implements FormatFunction {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** What decomposition leaves alone. */
    private static final Map<Integer, String> LETTERS = pairs(
            "ß ss ẞ SS æ ae Æ AE œ oe Œ OE ø oe Ø OE ł l Ł L đ d Đ D ð d Ð D þ th Þ Th ħ h Ħ H ŧ t Ŧ T ı i ŋ n Ŋ N ə e Ə"
                    + " E ’ ' ‘ ' ‐ - – - — -");

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

    @Override
    public FunctionDeclaration declaration() {
        return FunctionDeclaration.named("ascii")
                .group("Texts")
                .documentation(
                        "Writes letters without their marks, by the habits of a language if one is named (de, da,"
                                + " no, sv, fi, hr, sr, vi, is, tr); a letter of another script is an error, so that nobody's name"
                                + " becomes empty.")
                .alsoKnownAs("Entra NormalizeDiacritics, midPoint ascii")
                .parameter(Parameter.of("text", Parameter.Kind.TEXT))
                .parameter(Parameter.of("language", Parameter.Kind.TEXT).optional())
                .example("'Zoë' | ascii", "'Zoe'")
                .example("'Łukasz Nguyễn' | ascii", "'Lukasz Nguyen'")
                .example("'Müller' | ascii('de')", "'Mueller'")
                .build();
    }

    @Override
    public FormatFunction prepare(Constants constants) {
        constants.text(1).ifPresent(AsciiFunction::profile);
        return this;
    }

    @Override
    public Value apply(Arguments arguments) {
        Map<Integer, String> profile = profile(arguments.text(1, "default"));
        String composed = Normalizer.normalize(arguments.text(0), Normalizer.Form.NFC);
        StringBuilder spelled = new StringBuilder();
        composed.codePoints().forEach(c -> append(spelled, c, profile));
        String stripped = MARKS.matcher(Normalizer.normalize(spelled, Normalizer.Form.NFKD))
                .replaceAll("");
        StringBuilder out = new StringBuilder();
        stripped.codePoints().forEach(c -> append(out, c, LETTERS));
        if (out.chars().anyMatch(c -> c > 0x7F)) {
            throw FormatException.of(
                    "not-ascii",
                    "the text holds a character that has no ASCII spelling",
                    "use a column in Latin letters");
        }
        return Value.of(out.toString());
    }

    private static void append(StringBuilder out, int c, Map<Integer, String> spellings) {
        String spelling = spellings.get(c);
        if (spelling == null) {
            out.appendCodePoint(c);
        } else {
            out.append(spelling);
        }
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
