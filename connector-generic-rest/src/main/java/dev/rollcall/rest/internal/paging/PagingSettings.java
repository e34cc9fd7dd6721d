package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.settings.Node;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the block {@code paging}. Immutable and thread-safe.
 *
 * @param pager which pages there are
 * @param placement where its parameters go
 * @param ahead how many pages are fetched ahead
 * @param limits where a list that does not end is stopped
 * @param maxBytes of all pages together
 * @param rules when its list is complete
 */
public record PagingSettings(
        Pager pager, PagingPlacement placement, int ahead, PageLimits limits, long maxBytes, PagingRules rules) {
    private static final String IGNORE = "ignore";
    private static final long MAX_BYTES = 64L << 30;

    private static final Setting TYPE =
            Setting.choice("type", Type.class).required().description("how the application pages");
    private static final Setting TOTAL = Setting.any("total")
            .description(
                    "a JSON Pointer to the number of all records (with `announced` a list of pointers), or `ignore`"
                            + " if the application counts something else");

    /** The keys of {@code next}, where it is a map. */
    public static final BlockKeys NEXT = BlockKeys.of(
            Setting.text("last").required().description("the column of the last record whose value is the cursor"));

    /** The keys that say which pages there are; each type of paging has some of them. */
    private static final BlockKeys PAGES = BlockKeys.of(
            TYPE,
            Setting.text("parameter").description("the parameter that says which page is meant"),
            Setting.any("first").description("the number of the first page or record; with `cursor` the first cursor"),
            Setting.text("totalPages").description("a JSON Pointer to the number of pages"),
            Setting.text("hasMore").description("a JSON Pointer to whether there is another page"),
            Setting.any("next")
                    .keys(NEXT)
                    .description("a JSON Pointer to the next cursor, offset or URL; with `cursor` also a"
                            + " block with `last`, a column of the last record"),
            TOTAL);

    private static final BlockKeys NUMBERED_FROM_1 = first("1");
    private static final BlockKeys NUMBERED_FROM_0 = first("0");

    /** The keys of {@code paging}. */
    public static final BlockKeys KEYS = PAGES.and(
            Setting.list("ways")
                    .keys(PAGES)
                    .description("with `announced`: a list of pagings, each with a pointer to what it announces"),
            Setting.block(
                            "size",
                            BlockKeys.of(
                                    Setting.text("parameter")
                                            .required()
                                            .description("the parameter that holds the page size"),
                                    Setting.integer("value")
                                            .required()
                                            .between(1, 1_000_000)
                                            .description("how many records a page should have")))
                    .description("`{parameter, value}`: how many records a page should have"),
            Setting.choice("in", PagingPlacement.class)
                    .byDefault("query")
                    .description("where these parameters go; `body` is a field of a form or of a JSON object, a JSON"
                            + " Pointer such as `/page/number` for a nested one"),
            Setting.integer("ahead")
                    .between(0, 64)
                    .byDefault("6")
                    .description("how many pages are fetched while one is processed; 0 for none"),
            Setting.choice("duplicates", Allowed.class)
                    .byDefault("refuse")
                    .description("`allow` if the application lists the same record on several pages; it is taken once"),
            Setting.choice("emptyPages", Allowed.class)
                    .byDefault("refuse")
                    .description("`allow` if pages before the last may be empty (`page` and `offset`)"),
            Setting.list("statuses").byDefault("[200]").description("the statuses of a complete page"),
            Setting.list("end")
                    .byDefault("[204]")
                    .description("the statuses past the last page; on the first page they are failures"),
            Setting.integer("maxPages")
                    .between(1, 1_000_000_000)
                    .byDefault("100000")
                    .description("the most pages of a list; a list that has more is incomplete"),
            Setting.integer("maxRecords")
                    .between(1, 1_000_000_000_000L)
                    .byDefault("20000000")
                    .description("the most records of a list"),
            Setting.duration("maxTime").byDefault("12h").description("how long reading the list may take"),
            Setting.bytes("maxBytes").byDefault("64GiB").description("the most bytes of all pages together"));

    private enum Type {
        NONE,
        PAGE,
        OFFSET,
        CURSOR,
        LINK,
        NEXT_URL,
        ANNOUNCED
    }

    /** {@return the paging of an endpoint that does not say how it is paged} */
    public static PagingSettings undeclared() {
        return onePage(PagingRules.undeclared());
    }

    /** {@return the paging of a call for one user} */
    public static PagingSettings single() {
        return onePage(PagingRules.single());
    }

    private static PagingSettings onePage(PagingRules rules) {
        return new PagingSettings(
                Pager.none(Map.of()), PagingPlacement.QUERY, 0, PageLimits.defaults(), MAX_BYTES, rules);
    }

    private static BlockKeys first(String usual) {
        return BlockKeys.of(Setting.integer("first").between(0, 1_000_000).byDefault(usual));
    }

    private enum Allowed {
        ALLOW,
        REFUSE
    }

    private static PagingRules rules(Node node, long size) {
        boolean ignored = node.value("total").text().filter(IGNORE::equals).isPresent();
        return new PagingRules(
                true,
                size,
                totals(node),
                ignored,
                node.choice("duplicates", Allowed.class) == Allowed.ALLOW,
                node.choice("emptyPages", Allowed.class) == Allowed.ALLOW,
                statuses(node, "statuses", PagingRules.defaultStatuses()),
                statuses(node, "end", PagingRules.defaultEnd()));
    }

    private static Set<Integer> statuses(Node node, String key, Set<Integer> byDefault) {
        if (!node.has(key)) {
            return byDefault;
        }
        Set<Integer> statuses = new LinkedHashSet<>();
        for (Value value : node.list(key)) {
            String text = value.text().orElse("");
            if (text.matches("[2-5][0-9]{2}")) {
                statuses.add(Integer.valueOf(text));
            } else {
                node.problem("wrong-value", key, "must be a list of HTTP statuses; was " + value, "such as [200, 206]");
            }
        }
        return statuses;
    }

    public static PagingSettings read(Node node) {
        if (!node.has("type")) {
            node.problem(
                    "missing", "type", "is required", "one of none, page, offset, cursor, link, next-url, announced");
        }
        Type type = node.choice("type", Type.class);
        Map<String, Value> fixed = new LinkedHashMap<>();
        long size = size(node, fixed);
        Pager pager = switch (type) {
            case NONE -> Pager.none(fixed);
            case ANNOUNCED -> new AnnouncedPager(ways(node, size, fixed), size, totals(node), fixed);
            default -> pager(type, node, size, fixed);
        };
        PagingPlacement placement = node.choice("in", PagingPlacement.class);
        int ahead = node.integer("ahead");
        PageLimits limits =
                new PageLimits(node.number("maxPages"), node.number("maxRecords"), node.duration("maxTime"));
        long maxBytes = node.bytes("maxBytes");
        PagingRules rules = rules(node, size);
        if (node.has("type")) {
            node.end();
        }
        return new PagingSettings(pager, placement, ahead, limits, maxBytes, rules);
    }

    private static Pager pager(Type type, Node node, long size, Map<String, Value> fixed) {
        return switch (type) {
            case PAGE ->
                new PagePager(
                        parameter(node), node.number("first", NUMBERED_FROM_1), node.pointer("totalPages"), fixed);
            case OFFSET ->
                new OffsetPager(
                        parameter(node),
                        node.number("first", NUMBERED_FROM_0),
                        size,
                        node.pointer("hasMore"),
                        node.pointer("next"),
                        total(node),
                        fixed);
            case CURSOR -> cursor(node, fixed);
            case NEXT_URL -> new LinkPager(next(node, "/next"), fixed);
            default -> new LinkPager(null, fixed);
        };
    }

    /** The ways in which an answer may announce another page, in the order in which they are looked for. */
    private static List<Pager> ways(Node node, long size, Map<String, Value> fixed) {
        List<Pager> ways = new ArrayList<>();
        List<Value> list = node.list("ways");
        for (int i = 0; i < list.size(); i++) {
            String key = "ways[" + i + "]";
            if (!(list.get(i) instanceof Value.Fields fields)) {
                node.problem("wrong-type", key, "must be a block of keys", "such as {type: cursor, parameter: cursor}");
                continue;
            }
            Node way = node.item("ways", i, fields);
            Type type = way.choice("type", Type.class);
            Pager pager = pager(type, way, size, fixed);
            boolean announces =
                    Set.of(Type.PAGE, Type.OFFSET, Type.CURSOR, Type.NEXT_URL).contains(type)
                            && !pager.pointers().isEmpty();
            if (announces) {
                ways.add(pager);
            } else {
                way.problem(
                        "wrong-value",
                        "type",
                        "must announce its pages in the body",
                        "one of page, offset, cursor," + " next-url, with a pointer");
            }
            way.end();
        }
        if (list.isEmpty()) {
            node.problem(
                    "missing", "ways", "is required", "a list of pagings, each with a pointer to what it announces");
        }
        return ways;
    }

    private static @Nullable Pointer total(Node node) {
        List<Pointer> totals = totals(node);
        return totals.isEmpty() ? null : totals.get(0);
    }

    private static List<Pointer> totals(Node node) {
        List<Pointer> totals = new ArrayList<>();
        if (node.value("total").text().filter(IGNORE::equals).isPresent()) {
            return totals;
        }
        for (Value value : node.list("total")) {
            totals.add(node.pointer("total", value.text().orElse("?")));
        }
        return totals;
    }

    private static long size(Node node, Map<String, Value> fixed) {
        Optional<Node> block = node.block("size");
        if (block.isEmpty()) {
            return 0;
        }
        String parameter = block.get().requiredText("parameter", "the parameter that holds the page size");
        if (!block.get().has("value")) {
            block.get().problem("missing", "value", "is required", "how many records a page should have");
        }
        long size = block.get().number("value");
        block.get().end();
        fixed.put(parameter, Value.of(size));
        return size;
    }

    private static Pager cursor(Node node, Map<String, Value> fixed) {
        if (node.value("next") instanceof Value.Fields) {
            Node block = node.blockOrEmpty("next");
            ColumnPath column = column(block);
            block.end();
            return new LastRecordPager(parameter(node), column, node.pointer("hasMore"), fixed);
        }
        @Nullable String first = node.text("first").orElse(null);
        return new CursorPager(parameter(node), first, next(node, "/next_cursor"), node.pointer("hasMore"), fixed);
    }

    private static ColumnPath column(Node next) {
        String text = next.requiredText("last", "a column of the records, such as id");
        try {
            return ColumnPath.parse(text.isEmpty() ? "id" : text);
        } catch (IllegalArgumentException e) {
            next.problem("wrong-value", "last", String.valueOf(e.getMessage()), "a column of the records, such as id");
            return ColumnPath.parse("id");
        }
    }

    private static String parameter(Node node) {
        return node.requiredText("parameter", "the parameter that says which page is meant");
    }

    private static Pointer next(Node node, String example) {
        return node.requiredPointer("next", "where the answer says how it goes on, such as " + example);
    }
}
