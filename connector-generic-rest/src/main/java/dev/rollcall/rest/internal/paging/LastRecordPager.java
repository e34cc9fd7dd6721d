package dev.rollcall.rest.internal.paging;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Failures;
import dev.rollcall.rest.internal.settings.Pointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages that are asked for by a value of the last record of the page before. Where nothing says whether there are more, an
 * empty page is the end: a short one may have lost people after it was cut. Immutable and thread-safe.
 *
 * @param parameter that holds the value
 * @param column of the record
 * @param hasMore where it is declared whether there are more, or null
 * @param fixed parameters of every page, the size
 */
public record LastRecordPager(
        String parameter, ColumnPath column, @Nullable Pointer hasMore, Map<String, Value> fixed) implements Pager {

    @Override
    public PageRequest first() {
        return new PageRequest(0, "", 0, fixed, null);
    }

    @Override
    public Optional<PageRequest> next(PageRequest before, PageFacts facts, Failures failures) throws AttemptFailed {
        Optional<Boolean> more = Declared.flag(hasMore, facts, failures);
        UserRecord last = facts.last();
        if (last == null && more.orElse(false)) {
            String message = "there are more pages, as " + hasMore + " says, and this one has no record";
            throw failures.malformed(facts.call(), "paging", message, "check paging.hasMore");
        }
        if (last == null || !more.orElse(true)) {
            return Optional.empty();
        }
        Value value = last.value(column);
        Optional<String> text = value.text().filter(found -> !found.isBlank());
        if (text.isEmpty()) {
            String message = "the last record has no '" + column + "', by which the next page is asked for";
            throw failures.malformed(facts.call(), "paging", message, "check paging.next.last");
        }
        Map<String, Value> parameters = new LinkedHashMap<>(fixed);
        parameters.put(parameter, value instanceof Value.Num ? value : Value.of(text.get()));
        return Optional.of(new PageRequest(before.ordinal() + 1, text.get(), 0, parameters, null));
    }

    @Override
    public Set<Pointer> pointers() {
        return hasMore == null ? Set.of() : Set.of(hasMore);
    }
}
