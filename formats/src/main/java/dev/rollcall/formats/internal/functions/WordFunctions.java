package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.LatinLetters;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.Texts;
import dev.rollcall.formats.internal.values.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words of a text, and their case. Immutable and thread-safe. */
public final class WordFunctions {
    public static final List<FormatFunction> ALL = List.of(
            words(),
            word(),
            firstWord(),
            lastWord(),
            initials(),
            properCase(),
            normalizeName(),
            split("split", false),
            split("splitTrim", true));

    private static final Set<String> PARTICLES = Set.of(
            ("van von der den dem des de del della degli dei di da das do dos du la las le los ten ter te zu zum zur vom und"
                            + " af av bin binti ibn bint het op in 't ’t")
                    .split(" "));

    private WordFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Words").parameter(Parameter.of("text", TEXT));
    }

    private static Parameter delimiters() {
        return Parameter.of("delimiters", TEXT).optional();
    }

    /** The words between delimiters, of which several together count as one; white space if there are none named. */
    private static List<String> words(Arguments arguments, int index) {
        String delimiters = arguments.text(index, "");
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        arguments.text(0).codePoints().forEach(c -> {
            if (delimiters.isEmpty() ? Texts.isSpace(c) : delimiters.indexOf(c) >= 0) {
                flush(word, words);
            } else {
                word.appendCodePoint(c);
            }
        });
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static Value items(List<String> texts) {
        return Values.list(texts.stream().map(Value::of).toList());
    }

    private static FormatFunction words() {
        return named("words")
                .documentation("The words of a text as a list, between white space or the delimiters named.")
                .alsoKnownAs("ADManager every word")
                .parameter(delimiters())
                .example("join('|', words(' Anna  Maria '))", "'Anna|Maria'")
                .as(arguments -> items(words(arguments, 1)));
    }

    private static FormatFunction word() {
        return named("word")
                .documentation("The word at a position from 0, between white space or the delimiters named, of which"
                        + " several together count as one; the empty text outside.")
                .alsoKnownAs("Entra Word, which counts from 1")
                .parameter(Parameter.of("index", INTEGER))
                .parameter(delimiters())
                .example("word('This,string!has&many separators', 2, ',!&#')", "'has'")
                .example("word('The quick brown fox', 9)", "''")
                .example("word('The quick brown fox', -1)", "''")
                .as(arguments -> {
                    List<String> words = words(arguments, 2);
                    long index = arguments.integer(1);
                    return Value.of(index < 0 || index >= words.size() ? "" : words.get((int) index));
                });
    }

    private static FormatFunction firstWord() {
        return named("firstWord")
                .documentation("The first word, between white space or the delimiters named; the empty text if there is"
                        + " none.")
                .alsoKnownAs("ADManager first word")
                .parameter(delimiters())
                .example("firstWord('Anna-Maria Berg')", "'Anna-Maria'")
                .example("firstWord('Anna-Maria Berg', ' -')", "'Anna'")
                .as(arguments -> {
                    List<String> words = words(arguments, 1);
                    return Value.of(words.isEmpty() ? "" : words.get(0));
                });
    }

    private static FormatFunction lastWord() {
        return named("lastWord")
                .documentation("The last word, between white space or the delimiters named; the empty text if there is"
                        + " none.")
                .alsoKnownAs("ADManager last word")
                .parameter(delimiters())
                .example("lastWord('Ada King Lovelace')", "'Lovelace'")
                .as(arguments -> {
                    List<String> words = words(arguments, 1);
                    return Value.of(words.isEmpty() ? "" : words.get(words.size() - 1));
                });
    }

    private static FormatFunction initials() {
        return named("initials")
                .documentation(
                        "The first character of each word, between white space or the delimiters named; an apostrophe"
                                + " at the beginning of a word is passed over.")
                .alsoKnownAs("ADManager every word, first character")
                .parameter(delimiters())
                .example("initials('Ada King Lovelace')", "'AKL'")
                .example("initials('Anna-Maria', ' -')", "'AM'")
                .example("initials('ʻIolani Luahine')", "'IL'")
                .as(arguments -> {
                    StringBuilder out = new StringBuilder();
                    words(arguments, 1).forEach(word -> out.append(firstLetter(word)));
                    return Value.of(out.toString());
                });
    }

    private static String firstLetter(String word) {
        int at = LatinLetters.isApostrophe(word.codePointAt(0)) && Texts.length(word) > 1 ? 1 : 0;
        return Texts.part(word, at, at + 1);
    }

    private static FormatFunction properCase() {
        return named("properCase")
                .documentation(
                        "The first letter of each word in upper case, the rest in lower case. Words end at what is"
                                + " no letter, digit or apostrophe, or at the separators named and nothing else.")
                .alsoKnownAs("Entra PCase, ADManager Init Caps")
                .parameter(Parameter.of("separators", TEXT).optional())
                .example("properCase('PINTO-DE''SILVA', ' ''-')", "'Pinto-De''Silva'")
                .example("properCase('ada KING-lovelace')", "'Ada King-Lovelace'")
                .example("properCase('McDonald')", "'Mcdonald'")
                .as(arguments -> Value.of(properCase(arguments.text(0), arguments.has(1) ? arguments.text(1) : null)));
    }

    private static String properCase(String text, @org.jspecify.annotations.Nullable String separators) {
        StringBuilder out = new StringBuilder();
        boolean[] start = {true};
        text.codePoints().forEach(c -> {
            boolean between = separators == null ? isBetweenWords(c) : separators.indexOf(c) >= 0;
            if (between) {
                out.appendCodePoint(c);
                start[0] = true;
                return;
            } else if (start[0] && Character.getType(c) == Character.MODIFIER_LETTER) {
                out.appendCodePoint(c); // an okina has no capital, the letter after it has one
                return;
            }
            String one = Character.toString(c);
            out.append(start[0] ? title(one) : one.toLowerCase(Locale.ROOT));
            start[0] = false;
        });
        return out.toString();
    }

    private static boolean isBetweenWords(int c) {
        int type = Character.getType(c);
        return !Character.isLetterOrDigit(c)
                && !LatinLetters.isApostrophe(c)
                && type != Character.NON_SPACING_MARK
                && type != Character.COMBINING_SPACING_MARK
                && type != Character.FORMAT;
    }

    private static String title(String letter) {
        String upper = letter.toUpperCase(Locale.ROOT);
        // Upper case of one letter may be several (SS): then only the first stays upper.
        return Texts.part(upper, 0, 1) + Texts.part(upper, 1, upper.length()).toLowerCase(Locale.ROOT);
    }

    private static FormatFunction normalizeName() {
        return named("normalizeName")
                .documentation(
                        "A name as people write it: words in proper case, also after a hyphen or dash, O' and Mc and Mac"
                                + " with the next letter in upper case, particles such as van and von in lower case but at the"
                                + " beginning and the end, Roman numbers in upper case. An okina is a letter of its word.")
                .alsoKnownAs("SailPoint normalizeNames")
                .example("normalizeName('JOHN MCDONALD')", "'John McDonald'")
                .example("normalizeName('ludwig VAN beethoven')", "'Ludwig van Beethoven'")
                .example("normalizeName('conor o''BRIEN iii')", "'Conor O''Brien III'")
                .example("normalizeName('JEAN–LUC')", "'Jean–Luc'")
                .example("normalizeName('KAʻIULANI ʻĪ')", "'Kaʻiulani ʻĪ'")
                .example("normalizeName('MINH LE')", "'Minh Le'")
                .example("normalizeName('VINCENT VAN ''T HOFF')", "'Vincent van ''t Hoff'")
                .as(arguments -> {
                    List<String> given = words(arguments, 1);
                    List<String> words = new ArrayList<>();
                    for (String word : given) {
                        words.add(name(word, words.isEmpty(), words.size() + 1 == given.size()));
                    }
                    return Value.of(String.join(" ", words));
                });
    }

    private static String name(String word, boolean first, boolean last) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!first && !last && PARTICLES.contains(lower)) {
            return lower;
        } else if (!first && lower.matches("(ii|iii|iv|vi|vii|viii|ix)")) {
            return word.toUpperCase(Locale.ROOT);
        }
        String proper = parts(word);
        for (String prefix : List.of("Mc", "Mac")) {
            if (proper.startsWith(prefix) && Texts.length(proper) > prefix.length() + (prefix.equals("Mac") ? 3 : 1)) {
                String rest = proper.substring(prefix.length());
                return prefix + title(Texts.part(rest, 0, 1)) + Texts.part(rest, 1, rest.length());
            }
        }
        return proper;
    }

    /**
     * Each part of a word in proper case: after a hyphen of any length, after an apostrophe, and after the letter that
     * serves as one where a single letter precedes it (OʼBrien, but Zorʼyan and Kaʻiulani).
     */
    private static String parts(String word) {
        StringBuilder out = new StringBuilder();
        int[] letters = word.codePoints().toArray();
        int length = 0;
        for (int c : letters) {
            boolean letter = Character.getType(c) == Character.MODIFIER_LETTER;
            if (LatinLetters.isHyphen(c) || (LatinLetters.isApostrophe(c) && (!letter || length <= 1))) {
                out.appendCodePoint(c);
                length = 0;
            } else {
                String one = Character.toString(c);
                out.append(length == 0 ? title(one) : one.toLowerCase(Locale.ROOT));
                length++;
            }
        }
        return out.toString();
    }

    private static FormatFunction split(String name, boolean trims) {
        return named(name)
                .documentation("A list of what stands between a separator, which is taken literally"
                        + (trims ? "; each trimmed, empty ones left out." : ", empty ones too.")
                        + " The empty text gives the empty list.")
                .alsoKnownAs("Entra Split")
                .parameter(Parameter.of("separator", TEXT))
                .example("join('|', " + name + "('a, b', ','))", trims ? "'a|b'" : "'a| b'")
                .example("count(" + name + "('', ','))", "0")
                .as(arguments -> {
                    String text = arguments.text(0);
                    String separator = arguments.text(1);
                    List<String> parts = new ArrayList<>();
                    int from = 0;
                    int hit = separator.isEmpty() ? -1 : text.indexOf(separator);
                    while (hit >= 0) {
                        parts.add(text.substring(from, hit));
                        from = hit + separator.length();
                        hit = text.indexOf(separator, from);
                    }
                    parts.add(text.substring(from));
                    if (text.isEmpty()) {
                        parts.clear();
                    }
                    return items(
                            trims
                                    ? parts.stream()
                                            .map(Texts::trim)
                                            .filter(part -> !part.isEmpty())
                                            .toList()
                                    : parts);
                });
    }
}
