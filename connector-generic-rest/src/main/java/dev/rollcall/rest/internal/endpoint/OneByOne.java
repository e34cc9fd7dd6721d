package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserRecord;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Users by key, one call and one page each; who is not there is an empty page. Not thread-safe: for one thread at a
 * time.
 */
public final class OneByOne implements PageIterator<UserRecord> {
    private final List<String> keys;
    private final Function<String, List<UserRecord>> fetch;
    private int position;
    private boolean closed;

    public OneByOne(List<String> keys, Function<String, List<UserRecord>> fetch) {
        this.keys = keys;
        this.fetch = fetch;
    }

    @Override
    public boolean hasNext() {
        return !closed && position < keys.size();
    }

    @Override
    public Page<UserRecord> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("every key was asked for, or the pages were closed");
        }
        List<UserRecord> records = fetch(keys.get(position));
        position++;
        return position < keys.size() ? Page.upTo(records, Integer.toString(position)) : Page.last(records);
    }

    private List<UserRecord> fetch(String key) {
        try {
            return fetch.apply(key);
        } catch (ConnectorException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
