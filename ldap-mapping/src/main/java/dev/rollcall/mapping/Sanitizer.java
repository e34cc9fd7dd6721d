package dev.rollcall.mapping;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/** Makes a text fit to be a name of a certain sort. */
public enum Sanitizer {
    /** A Windows logon name, without what Active Directory and Microsoft 365 refuse in it. */
    SAM_ACCOUNT_NAME("sAMAccountName"),
    /** A user principal name: {@code name@domain}. */
    UPN("upn"),
    /** A POSIX login. */
    UID("uid"),
    /** A mail address, or its part before the at sign. */
    MAIL("mail");

    private final String word;

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

    Sanitizer(String word) {
        this.word = word;
    }

    /** {@return the word that the configuration file has for this} */
    public String word() {
        return word;
    }

    /** {@return how long such a name may be, in characters; 0 for no limit} */
    public int maxLength() {
        return switch (this) {
            case SAM_ACCOUNT_NAME -> 20;
            case UPN -> 113;
            case MAIL -> 256;
            case UID -> 0;
        };
    }

    /**
     * {@return the text, fit for such a name, or what is left of it: possibly nothing}
     *
     * <p>First letters lose their marks ({@code é} to {@code e}, {@code ß} to {@code ss}), then what is forbidden goes,
     * then dots at the ends: in this order, since taking marks off can bring forbidden characters to light. Of an
     * address, the part before the last at sign is treated so.
     */
    public String apply(String text) {
        String plain = withoutMarks(text);
        int at = this == UPN || this == MAIL ? plain.lastIndexOf('@') : -1;
        String local = at < 0 ? plain : plain.substring(0, at);
        StringBuilder clean = new StringBuilder(local.length());
        local.codePoints().filter(this::allows).forEach(clean::appendCodePoint);
        String name = trimEnd(trimStart(clean.toString()));
        if (this == UID) {
            name = name.toLowerCase(Locale.ROOT);
        } else if (this != SAM_ACCOUNT_NAME) {
            name = name.replaceAll("\\.{2,}", ".");
        }
        if (at < 0 || name.isEmpty()) {
            return name;
        }
        return name + "@" + plain.substring(at + 1).strip();
    }

    /** {@return whether the text has letters of which this sort of name has no form, such as Cyrillic ones} */
    boolean losesLetters(String text) {
        if (this == SAM_ACCOUNT_NAME) {
            return false;
        }
        return withoutMarks(text).codePoints().anyMatch(c -> c > 127 && Character.isLetter(c));
    }

    private boolean allows(int c) {
        boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return switch (this) {
            case SAM_ACCOUNT_NAME ->
                plain
                        || !(Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || "\"/\\[]:;|=,+*?<>@'".indexOf(c) >= 0);
            case UPN -> plain || "'.-_!#^~".indexOf(c) >= 0;
            case MAIL -> plain || "'.-_!#^~+".indexOf(c) >= 0;
            case UID -> plain || "._-".indexOf(c) >= 0;
        };
    }

    private String trimStart(String name) {
        int start = 0;
        while (start < name.length() && (name.charAt(start) == '.' || (this == UID && name.charAt(start) == '-'))) {
            start++;
        }
        return name.substring(start);
    }

    /** {@return the name without what it may not end with; for names that were just cut off} */
    static String trimEnd(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(0, end);
    }

    private static String withoutMarks(String text) {
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
}
