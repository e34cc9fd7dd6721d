package dev.rollcall.rest.internal.decoding;

import dev.rollcall.connector.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a response says about further pages in words that many applications use, beside what its endpoint declares. Not
 * thread-safe: for one thread at a time.
 */
public final class Announcements {
    private static final int MOST = 50;
    private static final Set<String> MORE = Set.of(
            "hasmore",
            "hasnext",
            "hasnextpage",
            "moreitemsincollection",
            "more",
            "moreresults",
            "truncated",
            "istruncated");
    private static final Set<String> DONE = Set.of("done", "islast", "lastpagereached");
    private static final Set<String> NEXT = Set.of(
            "next",
            "nexturl",
            "nextlink",
            "nextpageurl",
            "nexthref",
            "@odata.nextlink",
            "odata.nextlink",
            "__next",
            "hydra:next",
            "nextcursor",
            "nextpagetoken",
            "nexttoken",
            "nextpage",
            "nextrecordsurl",
            "nextoffset",
            "nextstart",
            "nextindex",
            "continuationtoken",
            "endcursor");
    private static final Set<String> PAGES = Set.of("totalpages", "pagecount", "lastpage");
    private static final Set<String> TOTALS = Set.of(
            "total",
            "totalcount",
            "totalresults",
            "totalentries",
            "totalrecords",
            "totalitems",
            "totalsize",
            "totalelements",
            "hydra:totalitems",
            "@odata.count",
            "count");
    private static final Set<String> PLACES = Set.of(
            "meta",
            "metadata",
            "paging",
            "pagination",
            "page",
            "pageinfo",
            "links",
            "additionaldata",
            "cursor",
            "cursors",
            "responsemetadata",
            "view",
            "hydra:view",
            "next");

    private final Map<String, Value> found = new LinkedHashMap<>();
    private final Set<String> links = new HashSet<>();

    /** Announcements of a response that has none so far. */
    public Announcements() {}

    /** Notes a value that is not in the list. */
    void see(String path, String records, Value value) {
        int slash = path.lastIndexOf('/');
        if (slash < 0 || found.size() >= MOST) {
            return;
        }
        String parent = path.substring(0, slash);
        String place = normalized(parent.substring(parent.lastIndexOf('/') + 1));
        if ((isAround(path, records) || PLACES.contains(place)) && isWord(word(path))) {
            found.put(path, value);
        }
    }

    /** {@return whether a value is in the object that holds the list, or in one around it} */
    static boolean isAround(String path, String records) {
        int slash = path.lastIndexOf('/');
        String parent = path.substring(0, Math.max(0, slash));
        return slash >= 0 && (parent.isEmpty() || records.startsWith(parent + "/"));
    }

    private static boolean isWord(String word) {
        return MORE.contains(word)
                || DONE.contains(word)
                || NEXT.contains(word)
                || PAGES.contains(word)
                || TOTALS.contains(word);
    }

    /** Notes the address of a link whose relation is {@code next}, as in Atom. */
    void seeLink(String path, String address) {
        if (found.size() < MOST) {
            found.put(path, Value.of(address));
            links.add(path);
        }
    }

    /** The last name of a path, without the {@code @} of an attribute; of a link that is an object, the name of the link. */
    private String word(String path) {
        String name = normalized(path.substring(path.lastIndexOf('/') + 1));
        if (links.contains(path) || (name.equals("href") && path.endsWith("/next/href"))) {
            return "next";
        }
        return name.startsWith("@") && !name.startsWith("@odata") ? name.substring(1) : name;
    }

    private static String normalized(String name) {
        String plain = name.replace("~1", "/").replace("~0", "~").toLowerCase(Locale.ROOT);
        return plain.startsWith("__") ? plain : plain.replace("_", "").replace("-", "");
    }

    /**
     * {@return a sentence that says which value announces a further page; empty if none does}
     *
     * @param records how many came
     * @param isFirst whether this is the first page, so that totals can be compared
     * @param isRead whether the endpoint's own paging reads a path
     */
    public Optional<String> more(long records, boolean isFirst, Predicate<String> isRead) {
        for (Map.Entry<String, Value> each : found.entrySet()) {
            String path = each.getKey();
            String text = each.getValue().text().orElse("").trim();
            if (!isRead.test(path) && announces(word(path), text, records, isFirst)) {
                return Optional.of(path + " is " + (text.length() > 80 ? text.substring(0, 80) + "…" : text));
            }
        }
        return Optional.empty();
    }

    private static boolean announces(String word, String text, long records, boolean isFirst) {
        if (text.isEmpty() || text.equals("null")) {
            return false;
        } else if (MORE.contains(word)) {
            return text.equalsIgnoreCase("true");
        } else if (DONE.contains(word)) {
            return text.equalsIgnoreCase("false");
        } else if (NEXT.contains(word)) {
            return !text.equalsIgnoreCase("false") && !text.equals("0") && !text.equals("-1");
        } else if (!isFirst || !text.matches("[0-9]{1,15}(\\.0+)?")) {
            return false;
        }
        long number = Long.parseLong(text.replaceFirst("\\..*", ""));
        return number > (PAGES.contains(word) ? 1 : records);
    }
}
