package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list: its items, and whether another page follows. Immutable and thread-safe.
 *
 * <p>A connector reports what the application says with the page: the total ({@link #withTotal}), and whatever
 * contradicts that the page is what it seems ({@link #withDoubt}), such as a status other than 200. The host decides from
 * this, and from the keys of the records, whether the list is complete.
 *
 * <pre>{@code
 * return next == null ? Page.last(items).withTotal(total) : Page.upTo(items, next).withTotal(total);
 * }</pre>
 *
 * @param <T> what is on the page
 */
public final class Page<T> {
    private static final long NO_TOTAL = -1;

    private enum End {
        SAME_RESPONSE,
        NEXT_PAGE,
        LIST
    }

    private final List<T> items;
    private final End end;
    private final @Nullable String nextToken;
    private final String list;
    private final long total;
    private final List<Problem> doubts;

    private Page(List<T> items, End end, @Nullable String nextToken, String list, long total, List<Problem> doubts) {
        this.items = List.copyOf(items);
        this.end = end;
        this.nextToken = nextToken;
        this.list = list;
        this.total = total;
        this.doubts = List.copyOf(doubts);
    }

    private static <T> Page<T> page(List<T> items, End end, @Nullable String nextToken) {
        return new Page<>(items, end, nextToken, "", NO_TOTAL, List.of());
    }

    /**
     * {@return a part of a large response; the same response continues in the next page}
     *
     * <p>Only an iterator can return it: a {@link PageIterator.PageSource} has no token for the rest of the response.
     */
    public static <T> Page<T> more(List<T> items) {
        return page(items, End.SAME_RESPONSE, null);
    }

    /**
     * {@return a page that another page follows; it may be empty}
     *
     * @param nextToken the token of the next page, which {@link PageIterator.PageSource#page} is called with
     */
    public static <T> Page<T> upTo(List<T> items, String nextToken) {
        return page(items, End.NEXT_PAGE, Objects.requireNonNull(nextToken, "nextToken"));
    }

    /** {@return the last page of a list} */
    public static <T> Page<T> last(List<T> items) {
        return page(items, End.LIST, null);
    }

    /**
     * {@return this page with the number of records that the application says the whole list has}
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Page<T> withTotal(long records) {
        if (records < 0) {
            throw new IllegalArgumentException("a total must not be negative; was " + records);
        }
        return new Page<>(items, end, nextToken, list, records, doubts);
    }

    /**
     * {@return this page with a reason, in addition to others, why the list may be incomplete}
     *
     * @param reason what contradicts what, and which setting says that the application works like this
     */
    public Page<T> withDoubt(Problem reason) {
        List<Problem> all = new ArrayList<>(doubts);
        all.add(Objects.requireNonNull(reason, "reason"));
        return new Page<>(items, end, nextToken, list, total, all);
    }

    /**
     * {@return this page as a page of one of several lists that are read one after another}
     *
     * @param name the name of the list in messages; a total, and the end of the list, are those of this list
     */
    public Page<T> inList(String name) {
        return new Page<>(items, end, nextToken, Objects.requireNonNull(name, "name"), total, doubts);
    }

    /** {@return this page with other items, such as the same ones in another form} */
    public <R> Page<R> withItems(List<R> others) {
        return new Page<>(others, end, nextToken, list, total, doubts);
    }

    /** {@return what is on the page, in the order of the application} */
    public List<T> items() {
        return items;
    }

    /** {@return whether the list ends with this page} */
    public boolean isLast() {
        return end == End.LIST;
    }

    /** {@return whether the next page is of the same response} */
    public boolean isContinued() {
        return end == End.SAME_RESPONSE;
    }

    /** {@return the token of the next page; empty for the last page and for a part of a response} */
    public Optional<String> nextToken() {
        return Optional.ofNullable(nextToken);
    }

    /** {@return the name of the list; an empty string if there is only one} */
    public String list() {
        return list;
    }

    /** {@return how many records the whole list has, as the application says; empty if it does not say} */
    public OptionalLong total() {
        return total == NO_TOTAL ? OptionalLong.empty() : OptionalLong.of(total);
    }

    /** {@return the reasons why the list may be incomplete; empty if nothing contradicts it} */
    public List<Problem> doubts() {
        return doubts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Page<?> that
                && items.equals(that.items)
                && end == that.end
                && Objects.equals(nextToken, that.nextToken)
                && list.equals(that.list)
                && total == that.total
                && doubts.equals(that.doubts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(items, end, nextToken, list, total, doubts);
    }

    @Override
    public String toString() {
        return "page of " + items.size() + (isLast() ? ", the last" : "") + (doubts.isEmpty() ? "" : ", in doubt");
    }
}
