package dev.rollcall.provisioning.internal.records;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.provisioning.internal.source.RecordCondition;
import dev.rollcall.provisioning.internal.source.SourceAccess;
import dev.rollcall.provisioning.internal.spool.ResourceForecast;
import dev.rollcall.provisioning.policy.PlanProgress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Reports how far a plan is, and ends the planning when it is cancelled or when memory or disk will not do. Not thread-safe:
 * for one thread at a time.
 */
public final class PlanWatch {
    private static final int STEP = 1000;

    private final BooleanSupplier cancelled;
    private final PlanProgress progress;
    private final ResourceForecast forecast;
    private long read;
    private long scanned;
    private OptionalLong expected = OptionalLong.empty();

    public PlanWatch(BooleanSupplier cancelled, PlanProgress progress, ResourceForecast forecast) {
        this.cancelled = cancelled;
        this.progress = progress;
        this.forecast = forecast;
    }

    /** The users of a source, watched page by page. */
    public SourceAccess watched(SourceAccess source) {
        return new WatchedSource(source, users(source));
    }

    private Function<UserQuery, PageIterator<UserRecord>> users(SourceAccess source) {
        return query -> {
            check();
            return watched(source.fetchUsers(query));
        };
    }

    private PageIterator<UserRecord> watched(PageIterator<UserRecord> pages) {
        return new PageIterator<>() {
            /** How many were read before this list began; the total is of this list. */
            private long before = read;

            private String list = "";
            private OptionalLong total = OptionalLong.empty();

            /** A total that is passed was wrong, and is reported no more. */
            private OptionalLong all() {
                return total.isPresent() && before + total.getAsLong() >= read
                        ? OptionalLong.of(before + total.getAsLong())
                        : OptionalLong.empty();
            }

            @Override
            public boolean hasNext() {
                check();
                return pages.hasNext();
            }

            @Override
            public Page<UserRecord> next() {
                Page<UserRecord> page = pages.next();
                if (!page.list().equals(list)) {
                    list = page.list();
                    before = read;
                    total = OptionalLong.empty();
                }
                read += page.items().size();
                if (page.total().isPresent()) {
                    total = page.total();
                }
                step(PlanProgress.Phase.READING, read, all());
                return page;
            }

            @Override
            public Optional<PageIterator<UserRecord>> again() {
                return pages.again().map(anew -> watched(anew));
            }

            @Override
            public void close() {
                pages.close();
            }
        };
    }

    /** The accounts are read from the start. */
    public void scanning() {
        scanned = 0;
        expected = OptionalLong.empty();
    }

    /** So many accounts are there in all, as the application says. */
    public void expected(long total) {
        expected = OptionalLong.of(total);
    }

    /** One more entry or account was read. */
    public void scanned() {
        scanned++;
        if (scanned % STEP == 0) {
            boolean isPossible = expected.isPresent() && expected.getAsLong() >= scanned;
            step(PlanProgress.Phase.SCANNING, scanned, isPossible ? expected : OptionalLong.empty());
        }
    }

    /** All entries or accounts were read. */
    public void scannedAll() {
        step(PlanProgress.Phase.SCANNING, scanned, OptionalLong.of(scanned));
    }

    /** So many of the records were decided. */
    public void planned(long done, long total) {
        if (done % STEP == 0 || done == total) {
            step(PlanProgress.Phase.PLANNING, done, OptionalLong.of(total));
        }
    }

    private void step(PlanProgress.Phase phase, long done, OptionalLong total) {
        progress.progress(phase, done, total);
        check();
        if (phase == PlanProgress.Phase.READING) {
            forecast.read(done, total);
        } else {
            forecast.goesOn(done);
        }
    }

    /**
     * Ends the planning if that was asked for.
     *
     * @throws ConnectorException of the kind {@code CANCELLED}
     */
    void check() {
        if (Thread.currentThread().isInterrupted() || cancelled.getAsBoolean()) {
            throw new ConnectorException(
                    FailureKind.CANCELLED,
                    Problem.of("plan-cancelled", "", "planning was cancelled", "nothing was written; plan again"));
        }
    }

    private record WatchedSource(SourceAccess source, Function<UserQuery, PageIterator<UserRecord>> users)
            implements SourceAccess {
        @Override
        public PageIterator<UserRecord> fetchUsers(UserQuery query) {
            return users.apply(query);
        }

        @Override
        public UserQuery query() {
            return source.query();
        }

        @Override
        public boolean isDelta() {
            return source.isDelta();
        }

        @Override
        public Optional<RecordCondition> scope() {
            return source.scope();
        }

        @Override
        public Optional<RecordCondition> active() {
            return source.active();
        }
    }
}
