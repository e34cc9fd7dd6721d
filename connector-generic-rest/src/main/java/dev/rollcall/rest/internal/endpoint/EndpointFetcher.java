package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
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

    /**
     * {@return every record of an endpoint; for lists that are known to be short}
     *
     * @throws dev.rollcall.connector.ConnectorException if it cannot be read, or contradicts itself
     */
    public List<UserRecord> all(EndpointDefinition endpoint, Evaluation evaluation) {
        List<UserRecord> records = new ArrayList<>();
        try (PageIterator<UserRecord> pages = pages(endpoint, null, evaluation)) {
            ListReading reading = new ListReading();
            while (pages.hasNext()) {
                Page<UserRecord> page = pages.next();
                reading.page(page);
                page.items().forEach(record -> reading.record(null, records.size()));
                records.addAll(page.items());
            }
            reading.end();
            if (!reading.doubts().isEmpty()) {
                throw new ConnectorException(
                        FailureKind.MALFORMED_RESPONSE, reading.doubts().get(0));
            }
        }
        return records;
    }
}
