package dev.rollcall.rest.internal.http;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
     * @throws ConnectorException if the HTTP client alone sets the header, or the value has a line break or another control
     *     character: a record must not write headers
     */
    public static String checked(String what, String name, String value) {
        if (!isName(name) || isOurs(name)) {
            String message = what + ": the header " + name
                    + (isName(name) ? " is set by the HTTP client itself" : " has a name that no header can have");
            throw new ConnectorException(FailureKind.REJECTED, Problem.of("header", "", message, "remove it"));
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                String message = what + ": the value of the header " + name
                        + (c > 0xff
                                ? " has characters that no header can hold"
                                : " has a line break or control character");
                throw new ConnectorException(
                        FailureKind.REJECTED, Problem.of("header", "", message, "encode it, or leave it out"));
            }
        }
        return value;
    }
}
