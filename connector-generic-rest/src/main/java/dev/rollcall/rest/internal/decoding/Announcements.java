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

    /** An element with more fields than this is a record. */
    private static final int MOST_WORDS = 8;

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

    /** What elements of the list say that hold nothing but such words; it counts once another element is of another kind. */
    private final Map<String, Value> inElements = new LinkedHashMap<>();

    private boolean hasRecords;
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

    /**
     * Notes an element of the list. Some applications append one to an array that only says how it goes on, as in
     * {@code [{"id": 1}, {"nextPage": "/users?page=2"}]}. A user has at least a key beside such words, so that a column named
     * {@code next} says nothing.
     *
     * @param path of the element
     */
    void seeElement(String path, Value.Fields element) {
        Map<String, Value> said = new LinkedHashMap<>();
        if (element.asMap().size() > MOST_WORDS || !holdsWordsOnly(path, element, said)) {
            hasRecords = true;
        } else if (inElements.size() < MOST) {
            inElements.putAll(said);
        }
    }

    private boolean holdsWordsOnly(String path, Value.Fields fields, Map<String, Value> said) {
        for (Map.Entry<String, Value> each : fields.asMap().entrySet()) {
            String at = path + "/" + each.getKey();
            boolean place = PLACES.contains(normalized(each.getKey()));
            if (each.getValue() instanceof Value.Fields inner && place) {
                if (!holdsWordsOnly(at, inner, said)) {
                    return false;
                }
            } else if (isWord(word(at)) && each.getValue().text().isPresent()) {
                said.put(at, each.getValue());
            } else if (!isWord(word(at)) || !each.getValue().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return whether a value is in the object that holds the list, in one around it, or in another element of an array that
     * one of these is an element of, as in {@code [{"total": 12}, [..]]}}
     */
    static boolean isAround(String path, String records) {
        int slash = path.lastIndexOf('/');
        String parent = path.substring(0, Math.max(0, slash));
        return slash >= 0 && (parent.isEmpty() || records.startsWith(parent + "/") || isBesideInArray(parent, records));
    }

    private static boolean isBesideInArray(String element, String records) {
        int last = element.lastIndexOf('/') + 1;
        if (!isIndex(element.substring(last)) || !records.startsWith(element.substring(0, last))) {
            return false;
        }
        int end = records.indexOf('/', last);
        return isIndex(records.substring(last, end < 0 ? records.length() : end));
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
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
        Map<String, Value> all = new LinkedHashMap<>(found);
        if (hasRecords) {
            all.putAll(inElements);
        }
        for (Map.Entry<String, Value> each : all.entrySet()) {
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
