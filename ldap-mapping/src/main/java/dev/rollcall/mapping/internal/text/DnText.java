package dev.rollcall.mapping.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes the text of a DN with macros apart. Stateless, and thus thread-safe. */
public final class DnText {
    private DnText() {}

    /** {@return the RDNs of a template, each as its attribute=value texts; commas and plus signs in macros do not count} */
    public static List<List<String>> split(String source) {
        List<List<String>> rdns = new ArrayList<>();
        List<String> rdn = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (source.startsWith("${", i)) {
                i = endOfMacro(source, i);
            } else if (c == ',' || c == ';' || c == '+') {
                rdn.add(source.substring(from, i));
                from = i + 1;
                if (c != '+') {
                    rdns.add(rdn);
                    rdn = new ArrayList<>();
                }
            }
        }
        rdn.add(source.substring(Math.min(from, source.length())));
        rdns.add(rdn);
        return rdns;
    }

    /** {@return the equals sign between attribute and value, or -1} */
    public static int indexOfEquals(String ava) {
        int equals = ava.indexOf('=');
        int macro = ava.indexOf("${");
        return macro >= 0 && macro < equals ? -1 : equals;
    }

    /** {@return the source of a value as a format, without the escapes that a DN needs} */
    public static String unescape(String source) {
        StringBuilder text = new StringBuilder();
        int lastEscaped = -1;
        String stripped = source.stripLeading();
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (stripped.startsWith("${", i)) {
                int end = endOfMacro(stripped, i);
                text.append(stripped, i, Math.min(end + 1, stripped.length()));
                lastEscaped = text.length();
                i = end;
            } else if (c == '\\' && i + 1 < stripped.length()) {
                i = unescapeOne(stripped, i, text);
                lastEscaped = text.length();
            } else {
                text.append(c);
            }
        }
        int end = text.length();
        while (end > Math.max(lastEscaped, 0) && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        return text.toString();
    }

    private static int unescapeOne(String source, int at, StringBuilder text) {
        byte[] bytes = new byte[source.length()];
        int count = 0;
        int i = at;
        while (i + 2 < source.length()
                && source.charAt(i) == '\\'
                && Character.digit(source.charAt(i + 1), 16) >= 0
                && Character.digit(source.charAt(i + 2), 16) >= 0) {
            bytes[count++] = (byte) Integer.parseInt(source.substring(i + 1, i + 3), 16);
            i += 3;
        }
        if (count == 0) {
            text.append(source.charAt(at + 1));
            return at + 1;
        }
        text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        return i - 1;
    }

    /** {@return the position of the brace that ends the macro at {@code start}; the last position if none does} */
    private static int endOfMacro(String source, int start) {
        int depth = 0;
        char quote = 0;
        for (int i = start + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return source.length() - 1;
    }

    /** {@return a text without control characters, which directories refuse or mangle in a name} */
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                StringBuilder clean = new StringBuilder(text.length());
                text.codePoints().filter(c -> !Character.isISOControl(c)).forEach(clean::appendCodePoint);
                return clean.toString();
            }
        }
        return text;
    }
}
