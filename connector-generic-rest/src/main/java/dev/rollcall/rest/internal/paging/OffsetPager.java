package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages that begin at a position. They go on by as many records as were on the page, not by as many as were asked for:
 * an application that sends fewer than asked would else hide people. They end by what is declared, or else at an empty
 * page. Immutable and thread-safe.
 *
 * @param parameter that holds the position
 * @param start position, 0 or 1
 * @param size how many records are asked for, 0 if that is not said
 * @param hasMore where it is declared whether there are more, or null
 * @param next where the next position is declared, or null
 * @param total where the number of all records is declared, or null
 * @param fixed parameters of every page, the size
 */
public record OffsetPager(
        String parameter,
        long start,
        long size,
        @Nullable Pointer hasMore,
        @Nullable Pointer next,
        @Nullable Pointer total,
        Map<String, Value> fixed)
        implements Pager {

    @Override
    public PageRequest first() {
        return turn(0, start);
    }

    private PageRequest turn(long ordinal, long position) {
        Map<String, Value> parameters = new LinkedHashMap<>(fixed);
        parameters.put(parameter, Value.of(position));
        return new PageRequest(ordinal, Long.toString(position), position, parameters, null);
    }

    @Override
    public Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) throws AttemptFailed {
        Optional<Boolean> more = Declared.flag(hasMore, facts, failures);
        OptionalLong told = Declared.number(next, facts, failures);
        OptionalLong all = Declared.number(total, facts, failures);
        if (more.isPresent() && !more.get()) {
            return Optional.empty();
        }
        long position = told.orElse(last.position() + facts.count());
        if (more.isEmpty() && told.isEmpty()) {
            // Whether the records are as many as the total is for the host to compare.
            if (facts.count() == 0 || (all.isPresent() && position - start >= all.getAsLong())) {
                return Optional.empty();
            }
        }
        if (position <= last.position()) {
            String message = "the next position, " + position + ", is not after this one, " + last.position();
            throw failures.malformed(facts.call(), "offset-stuck", message, "check paging: the list would never end");
        }
        return Optional.of(turn(last.ordinal() + 1, position));
    }

    @Override
    public List<PageRequest> guess(PageRequest turn, PageFacts facts, int count) {
        if (size == 0 || facts.count() != size) {
            return List.of();
        }
        long end = Long.MAX_VALUE;
        if (total != null) {
            String text = facts.around().apply(total).text().orElse("");
            end = text.matches("[0-9]{1,15}") ? start + Long.parseLong(text) : end;
        }
        List<PageRequest> turns = new ArrayList<>();
        for (long position = turn.position() + size; turns.size() < count && position < end; position += size) {
            turns.add(turn(turn.ordinal() + 1 + turns.size(), position));
        }
        return turns;
    }

    @Override
    public boolean isCounted() {
        return true;
    }

    @Override
    public Set<Pointer> pointers() {
        Set<Pointer> pointers = new LinkedHashSet<>();
        for (Pointer pointer : new Pointer[] {hasMore, next, total}) {
            if (pointer != null) {
                pointers.add(pointer);
            }
        }
        return pointers;
    }
}
