package dev.rollcall.rest;

import dev.rollcall.connector.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How an application divides a list into pages, as the block {@code paging} of a configuration says it. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Paging.cursor("cursor", "/meta/next").size("limit", 100)
 * }</pre>
 *
 * <p>Pointers are JSON Pointers (RFC 6901) into the response. What is wrong is found when the endpoint is read, and
 * reported with the path of the key: {@code endpoints[0].paging.next}.
 */
public final class Paging {
    private final Value.Fields keys;

    private Paging(Value.Fields keys) {
        this.keys = keys;
    }

    private static Paging of(String type) {
        return new Paging(Value.Fields.none().with("type", Value.of(type)));
    }

    /** {@return a list that is one response} */
    public static Paging none() {
        return of("none");
    }

    /** {@return pages that are asked for by number, from 1} */
    public static Paging page(String parameter) {
        return of("page").with("parameter", Value.of(parameter));
    }

    /** {@return pages that are asked for by the number of their first record, from 0} */
    public static Paging offset(String parameter) {
        return of("offset").with("parameter", Value.of(parameter));
    }

    /**
     * {@return pages that are asked for by a cursor that the page before holds}
     *
     * @param parameter the parameter that holds the cursor
     * @param next where the response has the cursor of the next page
     */
    public static Paging cursor(String parameter, String next) {
        return of("cursor").with("parameter", Value.of(parameter)).with("next", Value.of(next));
    }

    /**
     * {@return pages that are asked for by a value of the last record of the page before}
     *
     * @param parameter the parameter that holds the value
     * @param column of the last record, such as {@code id}
     */
    public static Paging lastRecord(String parameter, String column) {
        return of("cursor")
                .with("parameter", Value.of(parameter))
                .with("next", Value.Fields.none().with("last", Value.of(column)));
    }

    /** {@return pages that follow the header {@code Link} with {@code rel="next"} (RFC 8288)} */
    public static Paging link() {
        return of("link");
    }

    /**
     * {@return pages that follow a URL in the response}
     *
     * @param next where the response has the URL of the next page
     */
    public static Paging nextUrl(String next) {
        return of("next-url").with("next", Value.of(next));
    }

    /**
     * {@return pages that are fetched where a response announces them, in the first of these ways that it does}
     *
     * @param ways pagings of the types page, offset, cursor and next-url, each with a pointer to what it announces
     */
    public static Paging announced(Paging... ways) {
        return of("announced")
                .with(
                        "ways",
                        Value.of(
                                Arrays.stream(ways).map(way -> (Value) way.keys).toList()));
    }

    /** {@return this paging with a number of records that is asked for} */
    public Paging size(String parameter, int records) {
        return with(
                "size",
                Value.Fields.none().with("parameter", Value.of(parameter)).with("value", Value.of(records)));
    }

    /** {@return this paging whose first page or record has a number other than usual} */
    public Paging first(long number) {
        return with("first", Value.of(number));
    }

    /** {@return this paging whose first cursor is not left out} */
    public Paging firstCursor(String cursor) {
        return with("first", Value.of(cursor));
    }

    /** {@return this paging, where the response has the number of pages} */
    public Paging totalPages(String pointer) {
        return with("totalPages", Value.of(pointer));
    }

    /** {@return this paging, where the response says whether there is another page} */
    public Paging hasMore(String pointer) {
        return with("hasMore", Value.of(pointer));
    }

    /** {@return this paging by offset, where the response has the offset of the next page} */
    public Paging next(String pointer) {
        return with("next", Value.of(pointer));
    }

    /** {@return this paging, where the response has the number of all records; the first place that it has counts} */
    public Paging total(String... pointers) {
        List<Value> all = new ArrayList<>();
        for (String pointer : pointers) {
            all.add(Value.of(pointer));
        }
        return with("total", all.size() == 1 ? all.get(0) : Value.of(all));
    }

    /** {@return this paging of an application whose total counts something else} */
    public Paging ignoreTotal() {
        return with("total", Value.of("ignore"));
    }

    /** {@return this paging of an application that lists the same record on several pages} */
    public Paging allowDuplicates() {
        return with("duplicates", Value.of("allow"));
    }

    /** {@return this paging of an application whose pages before the last may be empty} */
    public Paging allowEmptyPages() {
        return with("emptyPages", Value.of("allow"));
    }

    /** {@return this paging with the statuses of a complete page; 200 by default} */
    public Paging statuses(int... statuses) {
        return with("statuses", numbers(statuses));
    }

    /** {@return this paging with the statuses past the last page; 204 by default} */
    public Paging end(int... statuses) {
        return with("end", numbers(statuses));
    }

    /** {@return this paging whose parameters are fields of the body; in the query by default} */
    public Paging inBody() {
        return with("in", Value.of("body"));
    }

    /** {@return this paging whose parameters are headers; in the query by default} */
    public Paging inHeader() {
        return with("in", Value.of("header"));
    }

    /** {@return this paging with the number of pages that are fetched while one is processed; 6 by default} */
    public Paging ahead(int pages) {
        return with("ahead", Value.of(pages));
    }

    /** {@return this paging with the most pages of a list; 100,000 by default} */
    public Paging maxPages(long pages) {
        return with("maxPages", Value.of(pages));
    }

    /** {@return this paging with the most records of a list; 20,000,000 by default} */
    public Paging maxRecords(long records) {
        return with("maxRecords", Value.of(records));
    }

    /** {@return this paging with the longest time for a list; 12 hours by default} */
    public Paging maxTime(Duration time) {
        return with("maxTime", Value.of(time.toString()));
    }

    /** {@return this paging with the most bytes of all pages together; 64 GiB by default} */
    public Paging maxBytes(long bytes) {
        return with("maxBytes", Value.of(bytes));
    }

    private static Value numbers(int... numbers) {
        return Value.of(Arrays.stream(numbers).mapToObj(Value::of).toList());
    }

    private Paging with(String key, Value value) {
        return new Paging(keys.with(key, value));
    }

    Value.Fields keys() {
        return keys;
    }

    @Override
    public String toString() {
        return "Paging" + keys;
    }
}
