package dev.rollcall.formats.function;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Latin letters without their marks: {@code Zoë} is {@code Zoe}, {@code Łukasz} is {@code Lukasz}, {@code Groß} is
 * {@code Gross}. Letters that work as an apostrophe become one, dashes of any length become a hyphen, and other scripts
 * stay as they are. Thread-safe.
 */
public final class LatinLetters {
    /**
     * What stands for an apostrophe: quotation marks, the accents and primes that are typed for one, and letters such as
     * the okina (U+02BB), the Ukrainian apostrophe (U+02BC), the signs for ayn and hamza, and the saltillo.
     */
    private static final String APOSTROPHES = "\u2018\u2019\u201A\u201B\u2032\u2035\u00B4\uFF07\uFF40\u02B9\u02BB\u02BC"
            + "\u02BD\u02BE\u02BF\u02C0\u02C1\u02C8\u02CA\u02CB\u02EE\u0294\u0295\u0241\u0242\uA78B\uA78C\u055A\u05F3\u1FBD\u1FBF";

    private static final String HYPHENS =
            "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\uFE58\uFE63\uFF0D\u058A\u05BE";

    /** The interpunct of Catalan, which stands between two letters l. */
    private static final int MIDDLE_DOT = 0xB7;

    /** What decomposition leaves alone. */
    private static final Map<Integer, String> LETTERS = pairs(
            "ß ss ẞ SS æ ae Æ Ae œ oe Œ Oe ø oe Ø Oe ł l Ł L đ d Đ D ð d Ð D þ th Þ Th ħ h Ħ H ŧ t Ŧ T ı i ŋ n Ŋ N ə e Ə"
                    + " E ɓ b Ɓ B ɖ d Ɖ D ɗ d Ɗ D ɛ e Ɛ E ɔ o Ɔ O ƙ k Ƙ K ƴ y Ƴ Y ɲ n Ɲ N ɣ g Ɣ G ʋ v Ʋ V ɨ i Ɨ I ʉ u Ʉ U"
                    + " ƒ f Ƒ F ƶ z Ƶ Z ǝ e Ǝ E ƭ t Ƭ T ƥ p Ƥ P ɩ i Ɩ I ʊ u Ʊ U ȷ j ĸ k ⁄ /");

    private LatinLetters() {}

    /** {@return the text, whose Latin letters have lost their marks; other scripts stay as they are} */
    public static String withoutMarks(String text) {
        return withoutMarks(text, Map.of());
    }

    /**
     * {@return the text, whose Latin letters have lost their marks}
     *
     * @param spellings how some letters are written instead, by code point, such as {@code Ae} for {@code Ä}; a spelling of
     *     several letters is written in upper case where its neighbours are
     */
    public static String withoutMarks(String text, Map<Integer, String> spellings) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        String spelled = spelled(signs(Normalizer.normalize(text, Normalizer.Form.NFC)), spellings);
        StringBuilder bare = new StringBuilder(spelled.length());
        boolean[] latin = {true};
        Normalizer.normalize(spelled, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            if (!isMark(c)) {
                UnicodeScript script = UnicodeScript.of(c);
                latin[0] = script == UnicodeScript.LATIN || script == UnicodeScript.COMMON;
                bare.appendCodePoint(c);
            } else if (!latin[0]) {
                bare.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(spelled(bare.toString(), LETTERS), Normalizer.Form.NFC);
    }

    /** {@return whether a character stands for an apostrophe, {@code '} included} */
    public static boolean isApostrophe(int c) {
        return c == '\'' || APOSTROPHES.indexOf(c) >= 0;
    }

    /** {@return whether a character stands for a hyphen, {@code -} included} */
    public static boolean isHyphen(int c) {
        return c == '-' || HYPHENS.indexOf(c) >= 0;
    }

    /** Signs first: compatibility decomposition makes a space and a mark of some. */
    private static String signs(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != MIDDLE_DOT)
                .map(c -> isApostrophe(c) ? '\'' : isHyphen(c) ? '-' : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static String spelled(String text, Map<Integer, String> spellings) {
        int[] letters = text.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < letters.length; i++) {
            String spelling = spellings.get(letters[i]);
            if (spelling == null) {
                out.appendCodePoint(letters[i]);
            } else {
                boolean capitals = Character.isUpperCase(letters[i]) && isAmongCapitals(letters, i);
                out.append(capitals ? spelling.toUpperCase(java.util.Locale.ROOT) : spelling);
            }
        }
        return out.toString();
    }

    /** Whether the next letter is in upper case, or where there is none the one before. */
    private static boolean isAmongCapitals(int[] letters, int at) {
        if (at + 1 < letters.length && Character.isLetter(letters[at + 1])) {
            return Character.isUpperCase(letters[at + 1]);
        }
        return at > 0 && Character.isUpperCase(letters[at - 1]);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
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
