package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one or more lists of persons, one list after another, with what other endpoints add to them. Side lists
 * are read before the first page. Not thread-safe: for one thread at a time.
 */
final class JoinedPages implements PageIterator<UserRecord> {
    /**
     * A list of persons.
     *
     * @param name of its endpoint
     * @param open begins to read it
     */
    record Persons(String name, Supplier<PageIterator<UserRecord>> open) {}

    private final List<Persons> lists;
    private final List<Supplier<Join>> unopened;
    private final List<Join> joins = new ArrayList<>();
    private int position;
    private @Nullable PageIterator<UserRecord> current;
    private boolean joined;
    private boolean closed;

    JoinedPages(List<Persons> lists, List<Supplier<Join>> joins) {
        this.lists = List.copyOf(lists);
        this.unopened = List.copyOf(joins);
    }

    @Override
    public boolean hasNext() {
        return !closed && advance() != null;
    }

    @Override
    public Page<UserRecord> next() {
        PageIterator<UserRecord> pages = closed ? null : advance();
        if (pages == null) {
            throw new NoSuchElementException("the last page was read, or the pages were closed");
        }
        openJoins();
        Page<UserRecord> page = pages.next();
        String from = lists.get(position).name();
        List<UserRecord> records = page.items();
        for (Join join : joins) {
            records = join.add(records, from);
        }
        Page<UserRecord> joined = page.withItems(records);
        return lists.size() == 1 ? joined : joined.inList(from);
    }

    private void openJoins() {
        if (!joined) {
            for (Supplier<Join> join : unopened) {
                joins.add(join.get());
            }
            joined = true;
        }
    }

    private @Nullable PageIterator<UserRecord> advance() {
        while (true) {
            PageIterator<UserRecord> pages = current;
            if (pages == null) {
                pages = lists.get(position).open().get();
                current = pages;
            }
            if (pages.hasNext()) {
                return pages;
            }
            if (position + 1 == lists.size()) {
                return null;
            }
            pages.close();
            current = null;
            position++;
        }
    }

    /** The side lists, and what was fetched for each person, are handed on; the lists of persons are read again. */
    @Override
    public Optional<PageIterator<UserRecord>> again() {
        if (closed) {
            return Optional.empty();
        }
        closed = true;
        PageIterator<UserRecord> pages = current;
        if (pages != null) {
            pages.close();
        }
        JoinedPages anew = new JoinedPages(lists, unopened);
        anew.joins.addAll(joins);
        anew.joined = joined;
        return Optional.of(anew);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            PageIterator<UserRecord> pages = current;
            if (pages != null) {
                pages.close();
            }
            joins.forEach(Join::close);
        }
    }
}
