package dev.rollcall.rest.internal.paging;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The link to the next page in {@code Link} headers (RFC 8288). */
public final class LinkHeader {
    private LinkHeader() {}

    /** {@return the target of the first link whose relations include {@code next}} */
    public static Optional<String> next(List<String> headers) {
        for (String header : headers) {
            int at = 0;
            while ((at = header.indexOf('<', at)) >= 0) {
                int end = header.indexOf('>', at);
                if (end < 0) {
                    break;
                }
                int stop = endOfLink(header, end + 1);
                if (isNext(header.substring(end + 1, stop))) {
                    return Optional.of(header.substring(at + 1, end).trim());
                }
                at = stop;
            }
        }
        return Optional.empty();
    }

    /** {@return where the parameters of a link end: at a comma that is in no quotes} */
    private static int endOfLink(String header, int from) {
        boolean quoted = false;
        for (int i = from; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return header.length();
    }

    /** Several relations may stand in one parameter; only the first {@code rel} counts. */
    private static boolean isNext(String parameters) {
        for (String parameter : parameters.split(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).trim().equalsIgnoreCase("rel")) {
                String relations = parameter.substring(equals + 1).trim().replace("\"", "");
                return List.of(relations.toLowerCase(Locale.ROOT).split("\\s+", -1))
                        .contains("next");
            }
        }
        return false;
    }
}
