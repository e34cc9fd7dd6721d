package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.rest.internal.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the pages of endpoints. Immutable and thread-safe; the iterators it makes are for one thread at a time. */
public final class EndpointFetcher {
    private final Exchange exchange;
    private final ConnectorContext context;

    public EndpointFetcher(Exchange exchange, ConnectorContext context) {
        this.exchange = exchange;
        this.context = context;
    }

    /**
     * {@return the pages of an endpoint, with the guards}
     *
     * @param key the column that identifies a user, to see who comes twice; null if nobody said
     * @param evaluation what the macros of the endpoint stand for
     */
    public PageIterator<UserRecord> pages(
            EndpointDefinition endpoint, @Nullable ColumnPath key, Evaluation evaluation) {
        return PageIterator.guarded(
                new EndpointPages(endpoint, exchange, context, key, evaluation),
                endpoint.pageLimits(),
                context.clock());
    }

    /** {@return every record of an endpoint; for lists that are known to be short} */
    public List<UserRecord> all(EndpointDefinition endpoint, Evaluation evaluation) {
        List<UserRecord> records = new ArrayList<>();
        try (PageIterator<UserRecord> pages = pages(endpoint, null, evaluation)) {
            while (pages.hasNext()) {
                records.addAll(pages.next().items());
            }
        }
        return records;
    }
}
