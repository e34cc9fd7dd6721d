package dev.rollcall.formats.internal.values;

import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.internal.source.Limits;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts counted in code points, so that no pair of surrogates is torn. Immutable and thread-safe. */
public final class Texts {
    private static final char KELVIN = '\u212A';

    private Texts() {}

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The part from one code point to another; both are moved into the text. */
    public static String part(String text, long from, long to) {
        int length = length(text);
        int start = (int) Math.max(0, Math.min(from, length));
        int end = (int) Math.max(start, Math.min(to, length));
        if (length == text.length()) {
            return text.substring(start, end);
        }
        int offset = text.offsetByCodePoints(0, start);
        return text.substring(offset, text.offsetByCodePoints(offset, end - start));
    }

    /** White space as people mean it: what Unicode or Java calls so, no-break spaces too. */
    public static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /**
     * {@return a text in lower case; the Kelvin sign stays, of which Java makes the letter k: an address with it would be
     * somebody else's}
     */
    public static String lower(String text, Locale language) {
        return text.indexOf(KELVIN) < 0
                ? text.toLowerCase(language)
                : Arrays.stream(text.split(String.valueOf(KELVIN), -1))
                        .map(part -> part.toLowerCase(language))
                        .collect(Collectors.joining(String.valueOf(KELVIN)));
    }

    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && isSpace(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    public static Locale locale(String language) {
        if (!language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
            throw FormatException.of("bad-language", "'" + language + "' is no language", "write one like tr or de-AT");
        }
        return Locale.forLanguageTag(language);
    }

    /** Checks the length of a text that is about to be made. */
    public static void output(long length) {
        if (length > Limits.OUTPUT) {
            throw FormatException.of("too-long", "the text would be longer than " + Limits.OUTPUT + " characters");
        }
    }

    public static String repeat(String text, long times) {
        output(Math.multiplyExact(times, (long) text.length()));
        return text.repeat((int) times);
    }
}
