package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Pages that are asked for only where an answer announces them, in one of several ways; an answer that announces nothing
 * is the last. The first page is asked for without saying which.
 *
 * @param ways in which an answer may announce the next page, the first that it does counts
 * @param size how many records are asked for, 0 if that is not said
 * @param totals where the number of all records may be declared
 * @param fixed parameters of the first page, the size
 */
record AnnouncedPager(List<Pager> ways, long size, List<Pointer> totals, Map<String, Value> fixed) implements Pager {

    @Override
    public PageRequest first() {
        return new PageRequest(0, "1", 0, fixed, null);
    }

    @Override
    public Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) throws AttemptFailed {
        for (Pager way : ways) {
            if (way.pointers().stream()
                    .anyMatch(pointer -> isSaid(facts.around().apply(pointer)))) {
                return way.next(last.ordinal() == 0 ? way.first() : last, facts, failures);
            }
        }
        if (last.ordinal() == 0) {
            checkWhole(facts, failures);
        }
        return Optional.empty();
    }

    /** Who pages in a way that is not known must not pass for somebody who does not page. */
    private void checkWhole(PageFacts facts, Failures failures) throws AttemptFailed {
        OptionalLong total = OptionalLong.empty();
        for (Pointer pointer : totals) {
            OptionalLong told = Declared.number(pointer, facts, failures);
            total = total.isPresent() ? total : told;
        }
        if (total.isPresent() ? total.getAsLong() > facts.count() : size > 0 && facts.count() == size) {
            String message = total.isPresent()
                    ? facts.count() + " of " + total.getAsLong()
                            + " records came, and it is not told how the list goes on"
                    : "as many records came as were asked for, " + size + ", and it is not told whether there are more";
            throw failures.malformed(
                    facts.call(), "paging", message, "say how it goes on: paging.type page or another");
        }
    }

    private static boolean isSaid(Value value) {
        return !(value instanceof Value.Absent || value instanceof Value.Null);
    }

    @Override
    public boolean isCounted() {
        return ways.stream().anyMatch(Pager::isCounted);
    }

    @Override
    public boolean isAnnounced() {
        return true;
    }

    @Override
    public OptionalLong pageCount(PageFacts facts, Failures failures) throws AttemptFailed {
        for (Pager way : ways) {
            OptionalLong told = way.pageCount(facts, failures);
            if (told.isPresent()) {
                return told;
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public Set<Pointer> pointers() {
        Set<Pointer> pointers = new LinkedHashSet<>(totals);
        ways.forEach(way -> pointers.addAll(way.pointers()));
        return pointers;
    }
}
