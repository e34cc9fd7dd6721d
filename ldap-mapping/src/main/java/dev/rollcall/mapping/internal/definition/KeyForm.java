package dev.rollcall.mapping.internal.definition;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes keys comparable. Immutable and thread-safe.
 *
 * @param trims whether white space at both ends goes
 * @param foldsCase whether capital and small letters are the same
 * @param stripsZeros whether leading zeros go
 */
public record KeyForm(boolean trims, boolean foldsCase, boolean stripsZeros) {
    /** All but the dotless i, the long s and the Kelvin sign, of which Java makes letters that no server takes for the same. */
    private static final Pattern FOLDED = Pattern.compile("[^\\u0131\\u017F\\u212A]+");

    /** {@return a key in the form in which keys are compared} */
    public String of(String key) {
        String text = key;
        // In this order, whatever order they were asked for in: zeros hide behind blanks.
        if (trims) {
            text = text.strip();
        }
        if (foldsCase) {
            // Up and down again, so that the final sigma and the sharp s meet their other forms.
            text = FOLDED.matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            found.group().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)));
        }
        if (stripsZeros) {
            int zeros = 0;
            while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
                zeros++;
            }
            text = text.substring(zeros);
        }
        return text;
    }
}
