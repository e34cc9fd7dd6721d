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
import dev.rollcall.provisioning.policy.PlanProgress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Reports how far a plan is, and ends the planning when it is cancelled. Not thread-safe: for one thread at a time. */
public final class PlanWatch {
    private static final int STEP = 1000;

    private final BooleanSupplier cancelled;
    private final PlanProgress progress;
    private long read;
    private long scanned;

    public PlanWatch(BooleanSupplier cancelled, PlanProgress progress) {
        this.cancelled = cancelled;
        this.progress = progress;
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
            @Override
            public boolean hasNext() {
                check();
                return pages.hasNext();
            }

            @Override
            public Page<UserRecord> next() {
                Page<UserRecord> page = pages.next();
                read += page.items().size();
                step(PlanProgress.Phase.READING, read, OptionalLong.empty());
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

    /** One more entry or account was read. */
    public void scanned() {
        scanned++;
        if (scanned % STEP == 0) {
            step(PlanProgress.Phase.SCANNING, scanned, OptionalLong.empty());
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
