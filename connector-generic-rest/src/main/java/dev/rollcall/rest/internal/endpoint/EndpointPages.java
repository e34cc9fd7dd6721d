package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.paging.PageFacts;
import dev.rollcall.rest.internal.paging.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of one endpoint, fetched ahead where that can be done. Not thread-safe: for one thread at a time. */
final class EndpointPages implements PageIterator<UserRecord> {
    private static final Logger logger = LoggerFactory.getLogger(EndpointPages.class);

    private final EndpointDefinition endpoint;
    private final Exchange exchange;
    private final ConnectorContext context;
    private final Evaluation evaluation;
    private final PagePrefetcher flights;
    private final @Nullable ColumnPath key;
    private final KeyWatch keys;
    private PageRequest turn;
    private OptionalLong pageCount = OptionalLong.empty();
    private long number = 1;
    private long records;
    private long bytes;
    private @Nullable FetchedPage current;
    private boolean ended;

    EndpointPages(
            EndpointDefinition endpoint,
            Exchange exchange,
            ConnectorContext context,
            @Nullable ColumnPath key,
            Evaluation evaluation) {
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.context = context;
        this.evaluation = evaluation;
        this.key = key;
        this.keys = new KeyWatch(key, endpoint.rules().duplicates());
        this.turn = endpoint.pager().first();
        this.flights = new PagePrefetcher(context, this::fetch);
    }

    /** Called by the threads of the host too: which page it is, is counted from the turn where it has a number. */
    private FetchedPage fetch(PageRequest wanted) {
        return FetchedPage.fetch(
                endpoint, exchange, endpoint.call(what(wanted), wanted, evaluation), wanted.ordinal() == 0, key);
    }

    private String what(PageRequest wanted) {
        return "page " + (wanted.ordinal() + 1) + " of " + endpoint.name();
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Page<UserRecord> next() {
        if (ended) {
            throw new NoSuchElementException("the last page was read, or the pages were closed");
        }
        FetchedPage page = current;
        if (page == null) {
            page = flights.take(turn);
        } else {
            page.readMore();
        }
        current = page;
        List<UserRecord> piece = keys.see(page.piece());
        records += piece.size();
        checkBytes(page);
        if (!page.isEnded()) {
            return Page.more(piece);
        }
        return finish(page, piece);
    }

    private Page<UserRecord> finish(FetchedPage page, List<UserRecord> piece) {
        PageFacts facts = page.facts();
        bytes += page.bytes();
        current = null;
        logger.atDebug()
                .addKeyValue("endpoint", endpoint.name())
                .addKeyValue("page", number)
                .addKeyValue("records", facts.count())
                .log("page read");
        if (keys.pageRepeats()) {
            throw malformed(facts.call(), "repeated-page", "everybody on it was on an earlier page");
        }
        try {
            Optional<PageRequest> next = endpoint.pager().next(turn, facts, exchange.failures());
            PageDoubts doubts = new PageDoubts(endpoint, exchange.failures(), turn, page, facts);
            Page<UserRecord> read = doubts.noted(
                    next.map(following -> Page.upTo(piece, following.token())).orElseGet(() -> Page.last(piece)),
                    pageCount);
            pageCount = doubts.pageCount(pageCount);
            if (next.isEmpty()) {
                end();
            } else {
                turn = next.get();
                number++;
                flyAhead(facts);
            }
            return read;
        } catch (AttemptFailed e) {
            throw e.failure();
        }
    }

    private void flyAhead(PageFacts facts) {
        if (!context.lendsThreads() || endpoint.ahead() == 0) {
            return;
        }
        List<PageRequest> turns = new ArrayList<>();
        turns.add(turn);
        turns.addAll(endpoint.pager().guess(turn, facts, endpoint.ahead() - 1));
        flights.begin(turns);
    }

    private void end() {
        ended = true;
        flights.abandonAll();
        logger.atDebug()
                .addKeyValue("endpoint", endpoint.name())
                .addKeyValue("pages", number)
                .addKeyValue("records", records)
                .addKeyValue("bytes", bytes)
                .log("endpoint read");
    }

    private void checkBytes(FetchedPage page) {
        if (bytes + page.bytes() > endpoint.maxTotalBytes()) {
            String message = endpoint.name() + ": more than " + endpoint.maxTotalBytes() + " bytes in all";
            throw new ConnectorException(
                    FailureKind.LIMIT_EXCEEDED,
                    Problem.of("too-large", "", message, "raise paging.maxBytes if there really is that much"));
        }
    }

    private ConnectorException malformed(Call call, String code, String message) {
        return exchange.failures()
                .malformed(call, code, message, "check the paging of the endpoint: the list would never end")
                .failure();
    }

    @Override
    public void close() {
        ended = true;
        flights.abandonAll();
        FetchedPage page = current;
        if (page != null) {
            page.close();
            current = null;
        }
    }
}
