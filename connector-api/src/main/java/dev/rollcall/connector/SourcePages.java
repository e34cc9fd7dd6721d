package dev.rollcall.connector;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Follows the tokens of a {@link PageIterator.PageSource}. Not thread-safe: for one thread at a time. */
final class SourcePages<T> implements PageIterator<T> {
    private final PageSource<T> source;
    private @Nullable String token;
    private boolean ended;

    SourcePages(PageSource<T> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Page<T> next() {
        if (ended) {
            throw new NoSuchElementException("the last page was read, or the pages were closed");
        }
        Page<T> page = source.page(token);
        if (page.isContinued()) {
            throw new ConnectorException(
                    FailureKind.MALFORMED_RESPONSE,
                    Problem.of(
                            "page-without-token",
                            "",
                            "a page source returned a part of a response, which has no token for the rest",
                            "return the whole page, or implement PageIterator"));
        }
        token = page.nextToken().orElse(null);
        ended = token == null;
        return page;
    }

    @Override
    public void close() {
        ended = true;
    }
}
