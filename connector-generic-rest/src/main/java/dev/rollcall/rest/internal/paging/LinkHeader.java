package dev.rollcall.rest.internal.paging;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The link to the next page in {@code Link} headers (RFC 8288). */
public final class LinkHeader {
    private static final Pattern NAMES_NEXT = Pattern.compile("(?i)\\brel\\s*=[^,;]*\\bnext\\b");

    /** How RFC 8288 lets the registered relation be written as an extension. */
    private static final String REGISTERED = "http://www.iana.org/assignments/relation/";

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

    /** {@return whether headers name the relation {@code next}, and none of their links can be read as that} */
    public static boolean isUnreadable(List<String> headers) {
        return next(headers).isEmpty()
                && headers.stream()
                        .anyMatch(header -> NAMES_NEXT.matcher(header).find());
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
                String relations = parameter.substring(equals + 1).trim().replaceAll("[\"']", "");
                return Stream.of(relations.toLowerCase(Locale.ROOT).split("\\s+", -1))
                        .anyMatch(relation -> relation.equals("next") || relation.equals(REGISTERED + "next"));
            }
        }
        return false;
    }
}
