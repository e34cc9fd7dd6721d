package dev.rollcall.mapping.rule;

import dev.rollcall.formats.function.LatinLetters;
import dev.rollcall.mapping.internal.text.Letters;
import java.util.Locale;
import java.util.regex.Pattern;

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

    /** Between two letters it belongs to a name; at the edge of a part it is an okina or a sign for ayn. */
    private static final Pattern APOSTROPHE_AT_EDGE = Pattern.compile("(?:(^|\\.)'+)|(?:'+(?=\\.|$))");

    private final String word;

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
        String plain = LatinLetters.withoutMarks(text);
        int at = this == UPN || this == MAIL ? plain.lastIndexOf('@') : -1;
        String local = at < 0 ? plain : plain.substring(0, at);
        StringBuilder clean = new StringBuilder(local.length());
        local.codePoints().filter(this::allows).forEach(clean::appendCodePoint);
        String name = Letters.trimEnd(trimStart(clean.toString()));
        if (this == UID) {
            name = name.toLowerCase(Locale.ROOT);
        } else if (this != SAM_ACCOUNT_NAME) {
            name = APOSTROPHE_AT_EDGE.matcher(name.replaceAll("\\.{2,}", ".")).replaceAll("$1");
            name = Letters.trimEnd(trimStart(name));
        }
        if (at < 0 || name.isEmpty()) {
            return name;
        }
        return name + "@" + plain.substring(at + 1).strip();
    }

    private boolean allows(int c) {
        boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return switch (this) {
            case SAM_ACCOUNT_NAME ->
                plain
                        || !(Character.isISOControl(c)
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.getType(c) == Character.FORMAT
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
}
