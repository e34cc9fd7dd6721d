package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Headers that can be sent. Thread-safe. */
public final class Headers {
    /**
     * Headers that say where a message ends or that belong to one connection (RFC 9112, 6; RFC 9110, 7.6.1): the HTTP
     * client alone sets them. With one of ours, the receiver would read the body as another request.
     */
    private static final Set<String> OWN = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What to do about a value that cannot be sent. */
    public static final String ENCODE = "encode it, such as by | urlEncode or | base64, or leave it out";

    private Headers() {}

    public static boolean isName(String name) {
        return name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    }

    public static boolean isOurs(String name) {
        return OWN.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@return the headers of a call with this one, in the place of any of the same name} */
    public static List<Map.Entry<String, String>> with(Call call, String name, String value) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        call.headers().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(name))
                .forEach(headers::add);
        headers.add(Map.entry(name, checked(call.what(), name, value)));
        return headers;
    }

    /**
     * {@return the value}
     *
     * @throws ConnectorException if the HTTP client alone sets the header, or if {@link #unsendable} finds a character: a
     *     record must not write headers, and the client would send {@code ?} in the place of a letter beyond ASCII
     */
    public static String checked(String what, String name, String value) {
        if (!isName(name) || isOurs(name)) {
            String message = what + ": the header " + name
                    + (isName(name) ? " is set by the HTTP client itself" : " has a name that no header can have");
            throw new ConnectorException(FailureKind.REJECTED, Problem.of("header", "", message, "remove it"));
        }
        Optional<String> wrong = unsendable(value);
        if (wrong.isPresent()) {
            String message = what + ": the value of the header " + name + " has " + wrong.get();
            throw new ConnectorException(FailureKind.REJECTED, Problem.of("header", "", message, ENCODE));
        }
        return value;
    }

    /** {@return the first character of a value that no header can hold, in words; empty if there is none} */
    public static Optional<String> unsendable(String value) {
        return value.codePoints()
                .filter(c -> (c < ' ' && c != '\t') || c >= 0x7f)
                .mapToObj(c -> c < ' ' || c == 0x7f
                        ? "a line break or control character"
                        : String.format(
                                Locale.ROOT,
                                "the character %s (U+%04X), and headers are ASCII",
                                Character.toString(c),
                                c))
                .findFirst();
    }

    /** {@return the values of a header of a response; where their bytes are UTF-8 they are read as that, else as Latin-1} */
    public static List<String> texts(HttpHeaders headers, String name) {
        return headers.allValues(name).stream().map(Headers::text).toList();
    }

    private static String text(String value) {
        if (!value.chars().allMatch(c -> c <= 0xff)) {
            return value;
        }
        try {
            // The JDK's client makes a character of each byte.
            ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
