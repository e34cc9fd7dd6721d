package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.paging.PageFacts;
import dev.rollcall.rest.internal.paging.PageRequest;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Finds out from one response what a run would say about the first page of an endpoint. */
public final class FirstPage {
    private FirstPage() {}

    /**
     * {@return why a list that begins with this response, or consists of it, is not complete; empty if nothing says so}
     *
     * @throws IOException if the response cannot be read
     */
    public static List<Problem> doubts(EndpointDefinition endpoint, Exchange exchange, Call call, Response response)
            throws IOException {
        PageRequest first = endpoint.pager().first();
        try (FetchedPage page = FetchedPage.of(endpoint, exchange, call, response, true, null)) {
            ListReading reading = new ListReading();
            reading.page(Page.more(List.of()));
            while (!page.isEnded()) {
                page.readMore();
            }
            PageFacts facts = page.facts();
            for (int i = 0; i < facts.count(); i++) {
                reading.record(null, i);
            }
            Page<UserRecord> read = endpoint.pager()
                    .next(first, facts, exchange.failures())
                    .map(next -> Page.<UserRecord>upTo(List.of(), next.token()))
                    .orElseGet(() -> Page.last(List.of()));
            reading.page(new PageDoubts(endpoint, exchange.failures(), first, page, facts)
                    .noted(read, OptionalLong.empty()));
            if (read.isLast()) {
                reading.end();
            }
            return reading.doubts();
        } catch (AttemptFailed e) {
            return List.of(e.failure().problem());
        } catch (ConnectorException e) {
            return List.of(e.problem());
        }
    }
}
