package dev.rollcall.connector;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stops pages that would never end, or that repeat themselves. Not thread-safe: for one thread at a time. */
final class GuardedPages<T> implements PageIterator<T> {
    private final PageIterator<T> pages;
    private final PageLimits limits;
    private final Clock clock;
    private final Set<String> tokens = new HashSet<>();
    private final Map<Long, Long> pageByFingerprint = new HashMap<>();
    private @Nullable Instant deadline;
    private @Nullable Throwable failure;
    private long pageCount;
    private long recordCount;
    private @Nullable String endedList;
    private boolean ended;
    private boolean closed;

    GuardedPages(PageIterator<T> pages, PageLimits limits, Clock clock) {
        this.pages = pages;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public boolean hasNext() {
        rethrow();
        if (ended) {
            return false;
        }
        if (closed) {
            // Answering false would pass off a read that was broken off as a whole one.
            throw new IllegalStateException("the pages were closed before their end");
        }
        try {
            ended = !pages.hasNext();
            return !ended;
        } catch (RuntimeException | Error e) {
            // A caller that goes on after an Error must not find a normal end.
            failure = e;
            throw e;
        }
    }

    @Override
    public Page<T> next() {
        rethrow();
        if (!hasNext()) {
            throw new NoSuchElementException("the last page was read");
        }
        try {
            checkTime();
            Page<T> page = pages.next();
            check(page);
            return page;
        } catch (RuntimeException | Error e) {
            // A caller that goes on after an Error must not find a normal end.
            failure = e;
            throw e;
        }
    }

    @Override
    public Optional<PageIterator<T>> again() {
        return pages.again().map(anew -> new GuardedPages<>(anew, limits, clock));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                pages.close();
            } catch (ConnectorException e) {
                failure = e;
                throw e;
            } catch (RuntimeException e) {
                // Against the contract; what the pages held back may have been a failure to read them.
                String message =
                        "the pages could not be closed (" + e.getClass().getName() + ")";
                Problem problem = Problem.of("not-closed", "", message, "report it to the author of the connector");
                ConnectorException failed = new ConnectorException(FailureKind.MALFORMED_RESPONSE, problem, null, e);
                failure = failed;
                throw failed;
            }
        }
    }

    /** {@return whether these guards are the ones that a host asks for, so that none need be added} */
    boolean holds(PageLimits wanted, Clock wantedClock) {
        return limits.equals(wanted) && clock.equals(wantedClock);
    }

    private void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void checkTime() {
        Instant now = clock.instant();
        if (deadline == null) {
            deadline = now.plus(limits.maxDuration());
        } else if (now.isAfter(deadline)) {
            throw limit("the fetch took longer than " + limits.maxDuration() + ", " + pageCount + " pages were read");
        }
    }

    private void check(Page<T> page) {
        pageCount++;
        recordCount += page.items().size();
        if (pageCount > limits.maxPages()) {
            throw limit("more than " + limits.maxPages() + " pages");
        }
        if (recordCount > limits.maxRecords()) {
            throw limit("more than " + limits.maxRecords() + " records");
        }
        if (page.list().equals(endedList)) {
            throw malformed("page-after-last", "page " + pageCount + " came after the last page");
        }
        endedList = page.isLast() ? page.list() : null;
        if (page.nextToken().isPresent()
                && !tokens.add(page.list() + "\n" + page.nextToken().get())) {
            throw malformed("repeated-token", "page " + pageCount + " announces a next page that was read already");
        }
        if (!page.items().isEmpty()) {
            Long earlier = pageByFingerprint.put(
                    Fingerprint.ofPage(page.items()) ^ page.list().hashCode(), pageCount);
            boolean mayBeChance = page.items().size() == 1 && earlier != null && earlier < pageCount - 1;
            if (earlier != null && !mayBeChance) {
                throw malformed("repeated-page", "page " + pageCount + " is the same as page " + earlier);
            }
        }
    }

    private static ConnectorException malformed(String code, String message) {
        return new ConnectorException(
                FailureKind.MALFORMED_RESPONSE,
                Problem.of(code, "", message, "check the paging of the endpoint: the list would never end"));
    }

    private static ConnectorException limit(String message) {
        return new ConnectorException(
                FailureKind.LIMIT_EXCEEDED,
                Problem.of("page-limit", "", message, "raise the limit if the application really has that many"));
    }
}
