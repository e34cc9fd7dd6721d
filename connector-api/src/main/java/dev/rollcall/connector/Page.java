package dev.rollcall.connector;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list: its items, and the token of the next page if one was announced. Immutable and thread-safe.
 *
 * <p>An empty page with a next token is legal. A connector that reads a very large answer may hand it out as several
 * pages of which only the last has a token.
 *
 * @param <T> what is on the page
 */
public final class Page<T> {
    private final List<T> items;
    private final @Nullable String nextToken;

    private Page(List<T> items, @Nullable String nextToken) {
        this.items = List.copyOf(items);
        this.nextToken = nextToken;
    }

    /** {@return a page after which there is none} */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, null);
    }

    /**
     * A page.
     *
     * @param nextToken what {@link PageIterator.PageSource#page} is to be called with for the next page; null if this
     *     is the last
     */
    public static <T> Page<T> of(List<T> items, @Nullable String nextToken) {
        return new Page<>(items, nextToken);
    }

    /** {@return what is on the page, in the order of the application} */
    public List<T> items() {
        return items;
    }

    /** {@return the token of the next page} */
    public Optional<String> nextToken() {
        return Optional.ofNullable(nextToken);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Page<?> that && items.equals(that.items) && Objects.equals(nextToken, that.nextToken);
    }

    @Override
    public int hashCode() {
        return Objects.hash(items, nextToken);
    }

    @Override
    public String toString() {
        return "page of " + items.size() + (nextToken == null ? ", the last" : "");
    }
}
