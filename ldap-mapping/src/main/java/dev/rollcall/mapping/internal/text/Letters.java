package dev.rollcall.mapping.internal.text;

import java.text.Normalizer;
import java.util.Map;

/** The letters of names, without marks. Stateless, and thus thread-safe. */
public final class Letters {
    /** What Unicode does not take apart into a letter and its marks; the rest is NFKD without marks. */
    private static final Map<Integer, String> LETTERS = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'ẞ', "SS"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'Æ', "Ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'Œ', "Oe"),
            Map.entry((int) 'ø', "oe"),
            Map.entry((int) 'Ø', "Oe"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'Ł', "L"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'Đ', "D"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'Ð', "D"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'Þ', "Th"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'Ħ', "H"),
            Map.entry((int) 'ŧ', "t"),
            Map.entry((int) 'Ŧ', "T"),
            Map.entry((int) 'ə', "e"),
            Map.entry((int) 'Ə', "E"),
            Map.entry((int) '’', "'"),
            Map.entry((int) '‘', "'"),
            Map.entry((int) '⁄', "/"));

    private Letters() {}

    /** {@return the text, whose letters have lost their marks: {@code é} is {@code e}, {@code ß} is {@code ss}} */
    public static String withoutMarks(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            int type = Character.getType(c);
            String letters = LETTERS.get(c);
            if (letters != null) {
                plain.append(letters);
            } else if (type != Character.NON_SPACING_MARK
                    && type != Character.ENCLOSING_MARK
                    && type != Character.COMBINING_SPACING_MARK) {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    /** {@return whether a text has letters that have no form in ASCII, such as Cyrillic ones} */
    public static boolean haveNoForm(String text) {
        return withoutMarks(text).codePoints().anyMatch(c -> c > 127 && Character.isLetter(c));
    }

    /** {@return the name without what it may not end with; for names that were just cut off} */
    public static String trimEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == '$')) {
            end--;
        }
        return name.substring(0, end);
    }
}
