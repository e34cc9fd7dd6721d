package dev.rollcall.rest;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which each tells the cursor of the next; the last tells none.
 *
 * @param parameter that holds the cursor
 * @param start cursor, or null if the first page is asked for without
 * @param next where the next cursor is
 * @param fixed parameters of every page, the size
 */
record CursorPager(String parameter, @Nullable String start, JsonPointer next, Map<String, String> fixed)
        implements Pager {

    @Override
    public Turn first() {
        return start == null ? new Turn(0, "", 0, fixed, null) : turn(0, start);
    }

    private Turn turn(long ordinal, String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>(fixed);
        parameters.put(parameter, cursor);
        return new Turn(ordinal, cursor, 0, parameters, null);
    }

    @Override
    public Optional<Turn> next(Turn last, PageFacts facts, Failures failures) throws AttemptFailed {
        return Declared.token(next, facts, failures).map(cursor -> turn(last.ordinal() + 1, cursor));
    }

    @Override
    public Set<JsonPointer> pointers() {
        return Set.of(next);
    }
}
