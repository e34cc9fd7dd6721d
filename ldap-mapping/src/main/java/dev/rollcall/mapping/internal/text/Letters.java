package dev.rollcall.mapping.internal.text;

import dev.rollcall.formats.function.LatinLetters;

/** The letters of names. Stateless, and thus thread-safe. */
public final class Letters {
    private Letters() {}

    /** {@return whether a text has letters that have no form in ASCII, such as Cyrillic ones} */
    public static boolean haveNoForm(String text) {
        return LatinLetters.withoutMarks(text).codePoints().anyMatch(c -> c > 127 && Character.isLetter(c));
    }

    /** {@return the name without what it may not end with} */
    public static String trimEnd(String name) {
        return trimEnd(name, ".$");
    }

    /** {@return a name that was just cut off, without the sign or space that stood between its parts} */
    public static String trimCut(String name) {
        return trimEnd(name, ".-_'$ ");
    }

    private static String trimEnd(String name, String signs) {
        int end = name.length();
        while (end > 0 && signs.indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }
}
