package dev.rollcall.provisioning.internal.planning;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form in which two spellings of one key are equal. An application that exports its keys through a spreadsheet or
 * another encoding changes their case, spaces, leading zeros or invisible characters, or appends {@code .0}; the person
 * stays the same. Immutable and thread-safe.
 */
final class KeySpelling {
    private KeySpelling() {}

    /** Returns the folded key; empty if nothing of it is visible. */
    /** As some programs write the ids of objects in Windows. */
    private static final Pattern GUID_IN_BRACES =
            Pattern.compile("^\\{([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})}$");

    static String fold(String key) {
        StringBuilder visible = new StringBuilder(key.length());
        Normalizer.normalize(key, Normalizer.Form.NFKC)
                .codePoints()
                .filter(KeySpelling::isVisible)
                .map(character -> Character.getType(character) == Character.DASH_PUNCTUATION || character == 0x2212
                        ? '-'
                        : character)
                .forEach(visible::appendCodePoint);
        String text = GUID_IN_BRACES
                .matcher(visible.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                .replaceFirst("$1");
        return withoutLeadingZeros(withoutTrailingFraction(text));
    }

    private static boolean isVisible(int character) {
        int type = Character.getType(character);
        boolean variationSelector =
                (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
        boolean filler = character == 0x034F || character == 0x115F || character == 0x1160 || character == 0x3164;
        return !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && type != Character.FORMAT
                && type != Character.CONTROL
                && !variationSelector
                && !filler;
    }

    /** {@code 100100.0} and {@code 100100.00} are {@code 100100}: a number that passed through a floating-point column. */
    private static String withoutTrailingFraction(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '0') {
            end--;
        }
        return end > 1 && end < text.length() && text.charAt(end - 1) == '.' ? text.substring(0, end - 1) : text;
    }

    private static String withoutLeadingZeros(String text) {
        int zeros = 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.substring(zeros);
    }
}
