package dev.rollcall.transliterate;

import com.ibm.icu.text.Transliterator;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Constants;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Parameter;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code transliterate}: a name of another script in Latin letters. Thread-safe. */
public final class TransliterateFunction implements FormatFunction {
    /** ICU's names of the romanizations of the BGN and of the United Nations. */
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("be", "Belarusian-Latin/BGN"),
            Map.entry("bg", "Bulgarian-Latin/BGN"),
            Map.entry("el", "Greek-Latin/UNGEGN"),
            Map.entry("hy", "Armenian-Latin/BGN"),
            Map.entry("ka", "Georgian-Latin/BGN"),
            Map.entry("kk", "Kazakh-Latin/BGN"),
            Map.entry("ky", "Kirghiz-Latin/BGN"),
            Map.entry("mk", "Macedonian-Latin/BGN"),
            Map.entry("mn", "Mongolian-Latin/BGN"),
            Map.entry("ru", "Russian-Latin/BGN"),
            Map.entry("sr", "Serbian-Latin/BGN"),
            Map.entry("uk", "Ukrainian-Latin/BGN"));

    private static final String KNOWN = "be, bg, el, hy, ka, kk, ky, mk, mn, ru, sr, uk";

    /** Signs for what is not spoken, and the points and lines that tell letters apart on the way back. */
    private static final Pattern SIGNS = Pattern.compile("[\u02B9\u02BA\u00B7\u0331]");

    /** Bulgarian has a soft sign in jo alone, which ICU writes as a quotation mark. */
    private static final Pattern SOFT_SIGN = Pattern.compile("[\u044C\u042C]");

    private static final Pattern FIRST_LETTER = Pattern.compile("(?<![\\p{L}\\p{M}'’])\\p{Ll}");

    private static final FunctionDeclaration DECLARATION = FunctionDeclaration.named("transliterate")
            .group("Letters without marks")
            .documentation(
                    "Writes Cyrillic, Greek, Armenian and Georgian letters in Latin ones, as the BGN and the United Nations"
                            + " do, by the habits of the language named (" + KNOWN
                            + "); Cyrillic of any other language is"
                            + " taken for Russian. Signs that are not spoken are left out. Latin letters and other scripts stay as"
                            + " they are.")
            .parameter(Parameter.of("text", Parameter.Kind.TEXT))
            .parameter(Parameter.of("language", Parameter.Kind.TEXT).optional())
            .example("'Ольга Чайковская' | transliterate", "'Olga Chaykovskaya'")
            .example("'Ольга Гоголь' | transliterate('uk')", "'Olha Hohol'")
            .example("'Ђорђе Његош' | transliterate('sr')", "'Đorđe Njegoš'")
            .example("'Γιώργος Παπαδόπουλος' | transliterate | ascii", "'Giorgos Papadopoulos'")
            .example("'Zoë 王' | transliterate", "'Zoë 王'")
            .build();

    private final Map<String, Transliterator> loaded = new ConcurrentHashMap<>();

    /** For the service loader, and for {@code Functions.with}. */
    public TransliterateFunction() {}

    @Override
    public FunctionDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public FormatFunction prepare(Constants constants) {
        constants.text(1).filter(language -> !language.isBlank()).ifPresent(language -> {
            if (!LANGUAGES.containsKey(base(language))) {
                throw FormatException.of(
                        "bad-language",
                        "there are no rules for the language '" + language + "'",
                        "write one of " + KNOWN);
            }
        });
        return this;
    }

    @Override
    public Value apply(Arguments arguments) {
        String text = Normalizer.normalize(arguments.text(0), Normalizer.Form.NFC);
        String language = base(arguments.text(1, ""));
        StringBuilder out = new StringBuilder();
        StringBuilder run = new StringBuilder();
        String of = null;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            UnicodeScript script = UnicodeScript.of(c);
            if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
                String next = language(script, language);
                if (next == null ? of != null : !next.equals(of)) {
                    out.append(latin(run.toString(), of));
                    run.setLength(0);
                    of = next;
                }
            }
            run.appendCodePoint(c);
        }
        out.append(latin(run.toString(), of));
        return Value.of(Normalizer.normalize(out, Normalizer.Form.NFC));
    }

    /** The language whose rules a script is written by; null if it stays. */
    private static @Nullable String language(UnicodeScript script, String named) {
        return switch (script) {
            case CYRILLIC -> isCyrillic(named) ? named : "ru";
            case GREEK -> "el";
            case ARMENIAN -> "hy";
            case GEORGIAN -> "ka";
            default -> null;
        };
    }

    private static boolean isCyrillic(String language) {
        return LANGUAGES.containsKey(language) && !List.of("el", "hy", "ka").contains(language);
    }

    private String latin(String run, @Nullable String language) {
        if (language == null || run.isEmpty()) {
            return run;
        }
        String spoken = language.equals("bg") ? SOFT_SIGN.matcher(run).replaceAll("") : run;
        String name = LANGUAGES.get(language);
        String latin = loaded.computeIfAbsent(language, it -> Transliterator.getInstance(name))
                .transliterate(spoken);
        String plain =
                SIGNS.matcher(Normalizer.normalize(latin, Normalizer.Form.NFD)).replaceAll("");
        return language.equals("ka") ? capitals(plain) : plain;
    }

    /** Georgian has no capitals, and names in Latin letters have. */
    private static String capitals(String text) {
        return FIRST_LETTER.matcher(text).replaceAll(found -> found.group().toUpperCase(Locale.ROOT));
    }

    /** The language of a tag such as {@code uk-UA}. */
    private static String base(String tag) {
        return tag.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    }
}
