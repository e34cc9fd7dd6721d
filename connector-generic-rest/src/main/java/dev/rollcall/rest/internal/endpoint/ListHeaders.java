package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.rest.internal.http.Headers;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the headers of a response say about its list: how many records there are altogether, and that the list is not
 * complete. Immutable and thread-safe.
 */
final class ListHeaders {
    /** A total in a header of its own, as many applications send it. */
    private static final List<String> TOTALS =
            List.of("X-Total-Count", "X-Total", "X-WP-Total", "X-Pagination-Total-Count");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

    /** {@code items 0-24/130}. Ranges of bytes are about the body, not about records. */
    private static final Pattern RANGE =
            Pattern.compile("(?!bytes\\b)[A-Za-z-]+[ =](?:[0-9]+-[0-9]+|\\*)/([0-9]{1,15})");

    private static final Pattern INCOMPLETE =
            Pattern.compile("\\b(?:in|not )complete|\\btruncat|\\bpartial|\\bnot all\\b|\\bcapped\\b|\\bcut off\\b"
                    + "|\\b(?:maximum|max|limit)\\b.*\\b(?:reached|exceeded|returned)\\b"
                    + "|\\b(?:reached|exceed(?:s|ed)?|limited to|only the first)\\b");

    private final HttpHeaders headers;

    /** The headers of a response. */
    ListHeaders(HttpHeaders headers) {
        this.headers = headers;
    }

    /** {@return the number of all records; empty if no header has it} */
    OptionalLong total() {
        Optional<Map.Entry<String, Long>> found = namedTotal();
        return found.isPresent() ? OptionalLong.of(found.get().getValue()) : OptionalLong.empty();
    }

    /** {@return the header whose total is larger than this number of records, in words; empty if there is none} */
    Optional<String> totalBeyond(long count) {
        return namedTotal()
                .filter(total -> total.getValue() > count)
                .map(total -> "the header " + total.getKey() + " says " + total.getValue());
    }

    private Optional<Map.Entry<String, Long>> namedTotal() {
        for (String name : TOTALS) {
            Optional<String> total = headers.firstValue(name)
                    .map(String::trim)
                    .filter(text -> NUMBER.matcher(text).matches());
            if (total.isPresent()) {
                return Optional.of(Map.entry(name, Long.parseLong(total.get())));
            }
        }
        return headers.firstValue("Content-Range")
                .map(String::trim)
                .map(RANGE::matcher)
                .filter(Matcher::matches)
                .map(range -> Map.entry("Content-Range", Long.parseLong(range.group(1))));
    }

    /** {@return the header that warns that records are left out, with its text; empty if none does} */
    Optional<Map.Entry<String, String>> warning() {
        for (String name : headers.map().keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("warning") && !lower.endsWith("-warning")) {
                continue;
            }
            for (String text : Headers.texts(headers, name)) {
                if (INCOMPLETE.matcher(text.toLowerCase(Locale.ROOT)).find()) {
                    return Optional.of(Map.entry(name, text));
                }
            }
        }
        return Optional.empty();
    }
}
