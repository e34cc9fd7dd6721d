package dev.rollcall.mapping.internal.definition;

import java.util.Locale;

/**
 * What makes keys comparable. Immutable and thread-safe.
 *
 * @param trims whether white space at both ends goes
 * @param foldsCase whether capital and small letters are the same
 * @param stripsZeros whether leading zeros go
 */
public record KeyForm(boolean trims, boolean foldsCase, boolean stripsZeros) {
    /** {@return a key in the form in which keys are compared} */
    public String of(String key) {
        String text = key;
        // In this order, whatever order they were asked for in: zeros hide behind blanks.
        if (trims) {
            text = text.strip();
        }
        if (foldsCase) {
            // Up and down again, so that the final sigma and the sharp s meet their other forms.
            text = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
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
