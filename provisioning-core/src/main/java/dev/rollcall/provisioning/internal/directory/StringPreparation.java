package dev.rollcall.provisioning.internal.directory;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Prepares strings for comparison as directory servers do (RFC 4518): compatibility forms of Unicode count as the
 * characters that they stand for, every kind of space as a space, several spaces as one, and spaces at the edges not at
 * all. Stateless, and thus thread-safe.
 */
public final class StringPreparation {
    private StringPreparation() {}

    /** {@return the form that all strings share that a server takes for the same, the case of letters included} */
    public static String caseExact(String text) {
        return isPlain(text) ? text : spaced(Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    /** {@return the form that all strings share that a server takes for the same, whatever the case of letters} */
    public static String caseIgnored(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // Again after the change of case: the lower case of a composed letter may be two characters.
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return spaced(Normalizer.normalize(lower, Normalizer.Form.NFKC));
    }

    /** {@return a number without its spaces, and without hyphens where they mean nothing} */
    static String digits(String text, boolean hyphens) {
        StringBuilder digits = new StringBuilder(text.length());
        caseIgnored(text)
                .codePoints()
                .filter(c -> c != ' ' && !(hyphens && isHyphen(c)))
                .forEach(digits::appendCodePoint);
        return digits.toString();
    }

    private static boolean isHyphen(int c) {
        return c == '-' || c == 0x58A || c == 0x2010 || c == 0x2011 || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
    }

    /** ASCII in which every space stands alone between two characters; nearly all strings are so. */
    private static boolean isPlain(String text) {
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || (c == ' ' && space)) {
                return false;
            }
            space = c == ' ';
        }
        return !space || text.isEmpty();
    }

    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = true;
            } else {
                if (space && spaced.length() > 0) {
                    spaced.append(' ');
                }
                space = false;
                spaced.appendCodePoint(c);
            }
        }
        return spaced.toString();
    }
}
