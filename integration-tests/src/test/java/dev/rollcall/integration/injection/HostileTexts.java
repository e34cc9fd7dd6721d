package dev.rollcall.integration.injection;

import java.util.List;
import java.util.Random;

/** Texts made of what means something in one of the places where values land. Not thread-safe: for one thread at a time. */
final class HostileTexts {
    private static final List<String> PARTS = List.of(
            "\"",
            "'",
            "\\",
            "\\\"",
            "\\u0022",
            "\",\"admin\":true,\"x\":\"",
            "\"}",
            "]}",
            "{{",
            "}}",
            "${record.key}",
            "${",
            "</a>",
            "<b/>",
            "<!--",
            "-->",
            "]]>",
            "<![CDATA[",
            "&",
            "&amp;",
            "&lt;",
            "&#0;",
            "&x;",
            "<!DOCTYPE a>",
            "<?a?>",
            "=",
            "?",
            "#",
            "/",
            "//",
            "..",
            "/../",
            "%2e%2e%2f",
            "%",
            "%2",
            "%00",
            "%0d%0a",
            "+",
            ";",
            ":",
            "@",
            "|",
            "~",
            "\r\n",
            "\n",
            "\r",
            "\u0085",
            "\u2028",
            "\t",
            "\0",
            "\u0001",
            "\u001b[31m",
            "\u007f",
            "\b",
            "\r\nX-Evil: 1\r\n\r\n",
            "\r\n--rollcall-",
            "--",
            "\r\n--",
            "Content-Disposition: form-data; name=\"b\"",
            "*",
            "(",
            ")",
            "*)(uid=*",
            ")(|(a=*",
            "\\2a",
            "\\00",
            ",",
            ",dc=evil",
            "+cn=admin",
            "<GUID=1>",
            ">",
            "  ",
            " ",
            "dn: cn=evil",
            "\nchangetype: delete",
            "\n ",
            ":: ",
            "ü",
            "\u0308",
            "ß",
            "İ",
            "漢字",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\u00a0",
            "a",
            "Z",
            "0",
            "true",
            "null",
            "-1e999");

    private final Random random;

    HostileTexts(long seed) {
        this.random = new Random(seed);
    }

    /** {@return the next one; never only white space, which counts as nothing} */
    String next() {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 8);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.append((char) random.nextInt(0x100));
                case 2 -> text.insert(random.nextInt(text.length() + 1), PARTS.get(random.nextInt(PARTS.size())));
                default -> text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString().isBlank() ? text + "x" : text.toString();
    }

    /** {@return a text as a test can say it, and as it can be pasted into one} */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                shown.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                shown.append(c);
            } else {
                shown.append("\\u%04x".formatted((int) c));
            }
        }
        return shown.append('"').toString();
    }
}
