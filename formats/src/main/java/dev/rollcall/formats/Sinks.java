package dev.rollcall.formats;

import dev.rollcall.formats.function.FormatException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The sinks of HTTP and its bodies. Immutable and thread-safe. */
public final class Sinks {
    /** Plain text: nothing is encoded. */
    public static final Sink TEXT = Sink.of(text -> text);

    /** A segment of a URL's path, or a part of one (RFC 3986): everything but unreserved characters is encoded. */
    public static final Sink URL_PATH = Sink.of(Sinks::pathSegment);

    /** A name or value in a URL's query: everything but unreserved characters is encoded. */
    public static final Sink URL_QUERY = Sink.of(Sinks::percent);

    /** An HTTP header: control characters, line breaks among them, are refused. */
    public static final Sink HEADER = Sink.of(Sinks::header);

    /** A name or value of {@code application/x-www-form-urlencoded}. */
    public static final Sink FORM = Sink.of(text -> URLEncoder.encode(text, StandardCharsets.UTF_8));

    /** JSON: inside quotes the content of a string, outside of them a JSON value. */
    public static final Sink JSON = JsonEncoder::new;

    /** XML 1.0, as character data or as the value of an attribute. */
    public static final Sink XML = Sink.of(Sinks::xml);

    private Sinks() {}

    private static String pathSegment(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c == '.')) {
            throw FormatException.of("bad-segment", "dots alone in a URL's path would point to another folder");
        }
        return percent(text);
    }

    private static String percent(String text) {
        // URLEncoder leaves * and encodes ~ and blanks its own way.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String header(String text) {
        if (text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F)) {
            throw FormatException.of("bad-header", "a header cannot hold a line break or another control character");
        } else if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw FormatException.of("bad-header", "a header cannot hold characters beyond ISO 8859-1", "use ascii");
        }
        return text;
    }

    private static String xml(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\r', '\t' -> out.append("&#").append(c).append(';');
                default -> {
                    boolean allowed = (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
                    if (!allowed) {
                        throw FormatException.of(
                                "bad-character", "XML cannot hold the character " + Integer.toHexString(c));
                    }
                    out.appendCodePoint(c);
                }
            }
        });
        return out.toString();
    }
}
