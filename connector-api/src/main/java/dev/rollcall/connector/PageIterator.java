package dev.rollcall.connector;

import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list, fetched as they are asked for. Not thread-safe: for one thread at a time. One pass.
 *
 * <p>A page that cannot be read throws {@link ConnectorException}, from {@link #hasNext()} or {@link #next()}, and
 * every later call throws it again: the list is then incomplete. When {@link #hasNext()} answers false, every page was
 * read; after a close before that, it throws {@link IllegalStateException}. A connector makes one with {@link #of(PageSource)}, which has the guards built in; a host puts
 * {@link #guarded} around any other.
 *
 * @param <T> what is on the pages
 */
public interface PageIterator<T> extends Iterator<Page<T>>, AutoCloseable {
    /**
     * Fetches one page; no state, so that a page can be fetched again.
     *
     * @param <T> what is on the pages
     */
    @FunctionalInterface
    interface PageSource<T> {
        /**
         * Fetches a page.
         *
         * @param token null for the first page, else the {@link Page#nextToken()} of the page before
         * @throws ConnectorException if it cannot be read
         */
        Page<T> page(@Nullable String token);
    }

    /** {@return an iterator over the pages of {@code source}, with the guards and {@link PageLimits#defaults()}} */
    static <T> PageIterator<T> of(PageSource<T> source) {
        return of(source, PageLimits.defaults(), Clock.systemUTC());
    }

    /** {@return an iterator over the pages of {@code source}, with the guards} */
    static <T> PageIterator<T> of(PageSource<T> source, PageLimits limits, Clock clock) {
        return new GuardedPages<>(new SourcePages<>(source), limits, clock);
    }

    /**
     * Puts the guards around the pages of a connector. A token announced twice, a page that is the same as an earlier
     * one (empty pages aside; one with a single item is compared with the page before it only) and more than the limits end in a {@link ConnectorException}: such a
     * list never ends, or is not what it seems.
     */
    static <T> PageIterator<T> guarded(PageIterator<T> pages, PageLimits limits, Clock clock) {
        return pages instanceof GuardedPages<T> same && same.holds(limits, clock)
                ? pages
                : new GuardedPages<>(pages, limits, clock);
    }

    /**
     * Begins to read the same list again, keeping what was fetched for single records, so that only the list itself is
     * fetched again. Closing the new iterator releases what both hold.
     *
     * @return empty, which is the default, if nothing is kept: the caller asks the source for the list again
     */
    default Optional<PageIterator<T>> again() {
        return Optional.empty();
    }

    /** Releases what the pages hold; may be called early and more than once. Does not throw. */
    @Override
    void close();
}
