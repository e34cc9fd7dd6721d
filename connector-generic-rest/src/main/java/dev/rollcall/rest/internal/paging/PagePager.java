package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages with numbers. They end at the declared number of pages, or else at an empty page. Immutable and thread-safe.
 *
 * @param parameter that holds the number
 * @param start number
 * @param totalPages where the number of pages is declared, or null
 * @param fixed parameters of every page, the size
 */
public record PagePager(
        String parameter, long start, @Nullable Pointer totalPages, Map<String, Value> fixed) implements Pager {

    @Override
    public PageRequest first() {
        return turn(start);
    }

    private PageRequest turn(long number) {
        Map<String, Value> parameters = new LinkedHashMap<>(fixed);
        parameters.put(parameter, Value.of(number));
        return new PageRequest(number - start, Long.toString(number), number, parameters, null);
    }

    @Override
    public Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) throws AttemptFailed {
        OptionalLong total = Declared.number(totalPages, facts, failures);
        boolean ended = total.isPresent() ? last.position() - start + 1 >= total.getAsLong() : facts.count() == 0;
        return ended ? Optional.empty() : Optional.of(turn(last.position() + 1));
    }

    @Override
    public List<PageRequest> guess(PageRequest turn, PageFacts facts, int count) {
        long end = Long.MAX_VALUE;
        if (totalPages != null) {
            String text = facts.around().apply(totalPages).text().orElse("");
            end = text.matches("[0-9]{1,9}") ? start + Long.parseLong(text) : end;
        }
        List<PageRequest> turns = new ArrayList<>();
        for (long number = turn.position() + 1; turns.size() < count && number < end; number++) {
            turns.add(turn(number));
        }
        return turns;
    }

    @Override
    public boolean isCounted() {
        return true;
    }

    @Override
    public OptionalLong pageCount(PageFacts facts, Failures failures) throws AttemptFailed {
        return Declared.number(totalPages, facts, failures);
    }

    @Override
    public Set<Pointer> pointers() {
        return totalPages == null ? Set.of() : Set.of(totalPages);
    }
}
