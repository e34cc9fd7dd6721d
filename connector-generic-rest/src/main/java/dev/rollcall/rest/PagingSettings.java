package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonPointer;
import dev.rollcall.connector.PageLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the block {@code paging}. Immutable and thread-safe.
 *
 * @param pager which pages there are
 * @param placement where its parameters go
 * @param ahead how many pages are fetched ahead
 * @param limits where a list that does not end is stopped
 * @param maxBytes of all pages together
 */
record PagingSettings(
        Pager pager, EndpointDefinition.Placement placement, int ahead, PageLimits limits, long maxBytes) {
    private static final int AHEAD = 6;
    private static final long MAX_BYTES = 64L << 30;

    private enum Type {
        NONE,
        PAGE,
        OFFSET,
        CURSOR,
        LINK,
        NEXT_URL
    }

    static PagingSettings none() {
        return new PagingSettings(
                Pager.none(Map.of()), EndpointDefinition.Placement.QUERY, 0, PageLimits.defaults(), MAX_BYTES);
    }

    static PagingSettings read(Node node) {
        if (!node.has("type")) {
            node.problem("missing", "type", "is required", "one of none, page, offset, cursor, link, next-url");
        }
        Type type = node.choice("type", Type.class, Type.NONE);
        Map<String, String> fixed = new LinkedHashMap<>();
        long size = size(node, fixed);
        Pager pager = switch (type) {
            case NONE -> Pager.none(fixed);
            case PAGE ->
                new PagePager(
                        parameter(node), node.number("first", 1, 0, 1_000_000), node.pointer("totalPages"), fixed);
            case OFFSET ->
                new OffsetPager(
                        parameter(node),
                        node.number("first", 0, 0, 1_000_000),
                        size,
                        node.pointer("hasMore"),
                        node.pointer("next"),
                        node.pointer("total"),
                        fixed);
            case CURSOR -> cursor(node, fixed);
            case LINK -> new LinkPager(null, fixed);
            case NEXT_URL -> new LinkPager(next(node, "/next"), fixed);
        };
        EndpointDefinition.Placement placement =
                node.choice("in", EndpointDefinition.Placement.class, EndpointDefinition.Placement.QUERY);
        int ahead = (int) node.number("ahead", AHEAD, 0, 64);
        PageLimits defaults = PageLimits.defaults();
        PageLimits limits = new PageLimits(
                node.number("maxPages", defaults.maxPages(), 1, 1_000_000_000),
                node.number("maxRecords", defaults.maxRecords(), 1, 1_000_000_000_000L),
                node.positive("maxTime", defaults.maxDuration()));
        long maxBytes = node.bytes("maxBytes", MAX_BYTES);
        if (node.has("type")) {
            node.end();
        }
        return new PagingSettings(pager, placement, ahead, limits, maxBytes);
    }

    private static long size(Node node, Map<String, String> fixed) {
        Optional<Node> block = node.block("size");
        if (block.isEmpty()) {
            return 0;
        }
        String parameter = block.get().requiredText("parameter", "the parameter that holds the page size");
        if (!block.get().has("value")) {
            block.get().problem("missing", "value", "is required", "how many records a page should have");
        }
        long size = block.get().number("value", 100, 1, 1_000_000);
        block.get().end();
        fixed.put(parameter, Long.toString(size));
        return size;
    }

    private static Pager cursor(Node node, Map<String, String> fixed) {
        @Nullable String first = node.text("first").orElse(null);
        return new CursorPager(parameter(node), first, next(node, "/next_cursor"), fixed);
    }

    private static String parameter(Node node) {
        return node.requiredText("parameter", "the parameter that says which page is meant");
    }

    private static JsonPointer next(Node node, String example) {
        return node.requiredPointer("next", "where the answer says how it goes on, such as " + example);
    }
}
