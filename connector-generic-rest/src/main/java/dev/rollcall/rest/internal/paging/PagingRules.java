package dev.rollcall.rest.internal.paging;

import dev.rollcall.rest.internal.settings.Pointer;
import java.util.List;
import java.util.Set;

/**
 * What an endpoint says about the completeness of its list, beside how it is paged. Immutable and thread-safe.
 *
 * @param declared whether the endpoint says how it is paged, {@code none} included
 * @param size how many records a page is asked to have; 0 if that is not said
 * @param totals where the number of all records may be; empty if it is not said, or to be ignored
 * @param totalIgnored whether a total counts something else than the records
 * @param duplicates whether the application lists a record on several pages
 * @param emptyPages whether pages in the middle may be empty
 * @param statuses of a complete page
 * @param end statuses past the last page
 */
public record PagingRules(
        boolean declared,
        long size,
        List<Pointer> totals,
        boolean totalIgnored,
        boolean duplicates,
        boolean emptyPages,
        Set<Integer> statuses,
        Set<Integer> end) {
    private static final Set<Integer> OK = Set.of(200);
    private static final Set<Integer> NO_CONTENT = Set.of(204);

    /** Collections are copied. */
    public PagingRules {
        totals = List.copyOf(totals);
        statuses = Set.copyOf(statuses);
        end = Set.copyOf(end);
    }

    /** {@return the rules of an endpoint that does not say how it is paged} */
    static PagingRules undeclared() {
        return new PagingRules(false, 0, List.of(), false, false, false, OK, NO_CONTENT);
    }

    /** {@return the rules of a call for one user, whose response may say anything about more} */
    public static PagingRules single() {
        return new PagingRules(true, 0, List.of(), true, true, true, OK, NO_CONTENT);
    }

    /** {@return the default statuses of a complete page} */
    static Set<Integer> defaultStatuses() {
        return OK;
    }

    /** {@return the default statuses past the last page} */
    static Set<Integer> defaultEnd() {
        return NO_CONTENT;
    }
}
