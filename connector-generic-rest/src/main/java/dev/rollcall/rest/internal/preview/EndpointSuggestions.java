package dev.rollcall.rest.internal.preview;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.endpoint.EndpointDefinition;
import dev.rollcall.rest.internal.paging.CursorPager;
import dev.rollcall.rest.internal.paging.LinkPager;
import dev.rollcall.rest.internal.paging.OffsetPager;
import dev.rollcall.rest.internal.paging.PagePager;
import dev.rollcall.rest.internal.paging.Pager;
import dev.rollcall.rest.internal.settings.Pointer;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Guesses from an answer what an endpoint should say, for a person to judge; the engine itself never guesses. */
final class EndpointSuggestions {
    private static final int MAX_DEPTH = 4;
    private static final Set<String> CURSORS =
            Set.of("nextcursor", "cursor", "nextpagetoken", "nexttoken", "continuationtoken", "scrollid");
    private static final Set<String> ADDRESSES = Set.of("next", "nexturl", "nextpage", "nextlink", "@odata.nextlink");
    private static final Set<String> MORE = Set.of("hasmore", "hasnext", "moreitemsincollection", "hasnextpage");
    private static final Set<String> PAGES = Set.of("totalpages", "pagecount", "lastpage", "pages");
    private static final Set<String> TOTALS = Set.of("total", "totalcount", "totalresults", "totalentries", "count");

    private EndpointSuggestions() {}

    /** {@return what to write under {@code records}; empty if what is there is right, or nothing looks like it} */
    static List<String> records(EndpointDefinition endpoint, Value body) {
        Map<String, Integer> lists = new TreeMap<>();
        collect("", body, lists, 0);
        String given = endpoint.decoding().records().toString();
        int largest = lists.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (lists.containsKey(given) || largest == 0) {
            return List.of();
        }
        return lists.entrySet().stream()
                .filter(list -> list.getValue() == largest)
                .map(list -> "records: " + (list.getKey().isEmpty() ? "\"\"" : list.getKey()) + "   # a list of "
                        + list.getValue())
                .toList();
    }

    /** {@return the list that {@link #records} names first; empty if it names none} */
    static List<Value> likelyRecords(EndpointDefinition endpoint, Value body) {
        List<String> lines = records(endpoint, body);
        if (lines.isEmpty()) {
            return List.of();
        }
        String pointer =
                lines.get(0).substring("records: ".length(), lines.get(0).indexOf("   #"));
        Value list = Pointer.parse(pointer.equals("\"\"") ? "" : pointer)
                .map(at -> at.in(body))
                .orElse(Value.absent());
        return list instanceof Value.Items items ? items.items() : List.of();
    }

    private static void collect(String at, Value value, Map<String, Integer> lists, int depth) {
        if (value instanceof Value.Items items) {
            if (!items.items().isEmpty() && items.items().get(0) instanceof Value.Fields) {
                lists.put(at, items.items().size());
            }
        } else if (value instanceof Value.Fields fields && depth < MAX_DEPTH) {
            fields.asMap().forEach((name, each) -> collect(at + "/" + escaped(name), each, lists, depth + 1));
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** {@return what to write under {@code paging}; empty if the endpoint has paging, or nothing looks like it} */
    static List<String> paging(EndpointDefinition endpoint, HttpHeaders headers, Value body, int records) {
        Pager pager = endpoint.pager();
        if (pager instanceof CursorPager
                || pager instanceof LinkPager
                || pager instanceof PagePager
                || pager instanceof OffsetPager) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        if (headers.allValues("Link").stream().anyMatch(link -> link.contains("next"))) {
            found.add("paging: {type: link}");
        }
        if (!(body instanceof Value.Items)) {
            search("", body, records, found, 0);
        }
        return found;
    }

    private static void search(String at, Value value, int records, List<String> found, int depth) {
        if (!(value instanceof Value.Fields fields) || depth > MAX_DEPTH) {
            return;
        }
        fields.asMap().forEach((name, each) -> {
            String pointer = at + "/" + escaped(name);
            String key = name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
            String text = each.text().orElse("").trim();
            if (ADDRESSES.contains(key) && (text.startsWith("http") || text.startsWith("/"))) {
                found.add("paging: {type: next-url, next: " + pointer + "}");
            } else if ((CURSORS.contains(key) || ADDRESSES.contains(key)) && !text.isEmpty()) {
                found.add("paging: {type: cursor, parameter: cursor, next: " + pointer + "}");
            } else if (MORE.contains(key) && text.equalsIgnoreCase("true")) {
                found.add("paging: {type: offset, parameter: start, hasMore: " + pointer + "}");
            } else if (PAGES.contains(key) && text.matches("[0-9]{1,9}") && Long.parseLong(text) > 1) {
                found.add("paging: {type: page, parameter: page, totalPages: " + pointer + "}");
            } else if (TOTALS.contains(key) && text.matches("[0-9]{1,9}") && Long.parseLong(text) > records) {
                found.add("paging: {type: offset, parameter: offset, total: " + pointer + "}");
            }
            search(pointer, each, records, found, depth + 1);
        });
    }
}
