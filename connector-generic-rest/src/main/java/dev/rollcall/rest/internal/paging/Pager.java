package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which page comes first, and which after another. Implementations are thread-safe. */
public interface Pager {
    /** {@return a pager for a list that comes as one page} */
    static Pager none(Map<String, Value> fixed) {
        return new Pager() {
            @Override
            public PageRequest first() {
                return new PageRequest(0, "1", 0, fixed, null);
            }

            @Override
            public Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) {
                return Optional.empty();
            }
        };
    }

    /** {@return the first page} */
    PageRequest first();

    /**
     * The page after another; empty if that was the last.
     *
     * @throws AttemptFailed if the answer says neither how it goes on nor that it ended, or leads astray
     */
    Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) throws AttemptFailed;

    /** {@return the pages that will follow {@code turn} if all goes as so far, {@code count} at most} */
    default List<PageRequest> guess(PageRequest turn, PageFacts facts, int count) {
        return List.of();
    }

    /** {@return whether pages are counted, so that an empty one in the middle is no page of a whole list} */
    default boolean isCounted() {
        return false;
    }

    /** {@return whether each page announces the next one, so that one that announces nothing ends the list} */
    default boolean isAnnounced() {
        return false;
    }

    /** {@return how many pages the list has, as this page says; empty if it does not} */
    default OptionalLong pageCount(PageFacts facts, Failures failures) throws AttemptFailed {
        return OptionalLong.empty();
    }

    /** {@return where in the answer it is said how it goes on} */
    default Set<Pointer> pointers() {
        return Set.of();
    }
}
