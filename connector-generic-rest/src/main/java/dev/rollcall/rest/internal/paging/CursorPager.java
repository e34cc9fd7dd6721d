package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import dev.rollcall.rest.internal.template.PagedJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which each tells the cursor of the next; the last tells none. Immutable and thread-safe.
 *
 * @param parameter that holds the cursor
 * @param start cursor as the configuration has it, or null if the first page is asked for without
 * @param next where the next cursor is
 * @param hasMore where it is declared whether there are more, or null
 * @param fixed parameters of every page, the size
 */
public record CursorPager(
        String parameter,
        @Nullable String start,
        Pointer next,
        @Nullable Pointer hasMore,
        Map<String, Value> fixed) implements Pager {

    @Override
    public PageRequest first() {
        return start == null ? new PageRequest(0, "", 0, fixed, null) : turn(0, start, PagedJson.number(start));
    }

    private PageRequest turn(long ordinal, String cursor, Value sent) {
        Map<String, Value> parameters = new LinkedHashMap<>(fixed);
        parameters.put(parameter, sent);
        return new PageRequest(ordinal, cursor, 0, parameters, null);
    }

    @Override
    public Optional<PageRequest> next(PageRequest last, PageFacts facts, Failures failures) throws AttemptFailed {
        Optional<String> cursor = Declared.token(next, facts, failures);
        Optional<Boolean> more = Declared.flag(hasMore, facts, failures);
        boolean announced = more.orElse(false);
        if (announced && cursor.isEmpty()) {
            String message = "there are more pages, as " + hasMore + " says, and no cursor is at " + next;
            throw failures.malformed(facts.call(), "paging", message, "check paging.next");
        }
        // Some applications give a cursor with every page: an empty page with the cursor it was asked by is the end.
        boolean stays = facts.count() == 0 && cursor.isPresent() && cursor.get().equals(last.token());
        if (!more.orElse(true) || cursor.isEmpty() || (stays && !announced)) {
            return Optional.empty();
        }
        // It goes back as it came: 5 and "5" are two cursors to an application that reads them from a body of JSON.
        Value told = facts.around().apply(next);
        Value sent = told instanceof Value.Num ? told : Value.of(cursor.get());
        return Optional.of(turn(last.ordinal() + 1, cursor.get(), sent));
    }

    @Override
    public boolean isAnnounced() {
        return true;
    }

    @Override
    public Set<Pointer> pointers() {
        return hasMore == null ? Set.of(next) : Set.of(next, hasMore);
    }
}
