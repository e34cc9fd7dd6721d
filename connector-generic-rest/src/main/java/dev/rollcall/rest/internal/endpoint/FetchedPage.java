package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.decoding.RecordStream;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Headers;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.paging.LinkHeader;
import dev.rollcall.rest.internal.paging.PageFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page that was asked for and answered: its first records are read, the others as they are asked for. Not
 * thread-safe: for one thread at a time.
 */
final class FetchedPage implements AutoCloseable {
    /** More records than this are handed out in several pieces, so that a page of any size takes little memory. */
    private static final int PIECE = 1000;

    private final EndpointDefinition endpoint;
    private final Exchange exchange;
    private final Call call;
    private final Response response;
    private final RecordStream stream;
    private List<UserRecord> piece = List.of();
    private long count;
    private @Nullable UserRecord last;
    private boolean ended;

    private FetchedPage(
            EndpointDefinition endpoint, Exchange exchange, Call call, Response response, RecordStream stream) {
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.call = call;
        this.response = response;
        this.stream = stream;
    }

    /**
     * Asks for a page and reads its first records.
     *
     * @param isFirst whether it is the first page, which cannot be past the last one
     * @param key the column that a table must have; null if nobody said
     * @throws ConnectorException if that fails
     */
    static FetchedPage fetch(
            EndpointDefinition endpoint, Exchange exchange, Call call, boolean isFirst, @Nullable ColumnPath key) {
        return exchange.sendForAny(call, response -> of(endpoint, exchange, call, response, isFirst, key));
    }

    /**
     * Reads the first records of a response.
     *
     * @throws AttemptFailed if it is no page of the endpoint
     * @throws IOException if it cannot be read
     */
    static FetchedPage of(
            EndpointDefinition endpoint,
            Exchange exchange,
            Call call,
            Response response,
            boolean isFirst,
            @Nullable ColumnPath key)
            throws AttemptFailed, IOException {
        int status = response.status();
        if (!isFirst && endpoint.rules().end().contains(status) && isPastEnd(response)) {
            FetchedPage none = new FetchedPage(endpoint, exchange, call, response, RecordStream.empty());
            none.read();
            return none;
        }
        if (status / 100 != 2 && !endpoint.rules().statuses().contains(status)) {
            throw exchange.failures().status(call, response, endpoint.errors());
        }
        RecordStream stream = endpoint.decoding().open(call, response, endpoint.pointers(), exchange.failures());
        FetchedPage fetched = new FetchedPage(endpoint, exchange, call, response, stream);
        fetched.read();
        if (key != null) {
            stream.requireColumn(key.column());
        }
        if (!fetched.ended) {
            response.body().readAhead(ResponseLimits.BUFFER_BYTES);
        }
        return fetched;
    }

    /** Status 200 can be past the last page only without a body. */
    private static boolean isPastEnd(Response response) throws IOException {
        return response.status() != 200 || response.body().isEmpty();
    }

    int status() {
        return response.status();
    }

    /** {@return whether this is no page any more, but the answer past the last one} */
    boolean isPastEnd(boolean isFirst) {
        return !isFirst && count == 0 && endpoint.rules().end().contains(response.status());
    }

    /** {@return where an error is reported: empty for the place of the list, else the path beside it} */
    Optional<String> error() {
        return stream.error();
    }

    /**
     * {@return what announces a further page in words that many applications use; empty if nothing does}
     *
     * @param isFirst whether this is the first page, so that totals can be compared
     */
    Optional<String> announcesMore(boolean isFirst) {
        Set<String> read = new HashSet<>();
        endpoint.pointers().forEach(pointer -> read.add(pointer.toString()));
        return LinkHeader.next(Headers.texts(response.headers(), "Link"))
                .map(link -> "a Link header has the relation next")
                .or(() -> LinkHeader.isUnreadable(response.headers().allValues("Link"))
                        ? Optional.of("a Link header names the relation next, and cannot be read")
                        : Optional.empty())
                .or(() -> stream.announcements().more(count, isFirst, read::contains))
                .or(() -> isFirst ? headers().totalBeyond(count) : Optional.empty());
    }

    /** {@return what the headers say about the list} */
    ListHeaders headers() {
        return new ListHeaders(response.headers());
    }

    /** {@return the records that were read last} */
    List<UserRecord> piece() {
        return piece;
    }

    /** {@return whether there are no more} */
    boolean isEnded() {
        return ended;
    }

    /**
     * Reads more records.
     *
     * @throws ConnectorException if they cannot be read; the page cannot be asked for again, as some were handed out
     */
    void readMore() {
        try {
            read();
        } catch (AttemptFailed e) {
            close();
            throw e.failure();
        } catch (IOException e) {
            close();
            throw exchange.failures().transport(call, e).failure();
        }
    }

    private void read() throws AttemptFailed, IOException {
        List<UserRecord> records = new ArrayList<>();
        while (records.size() < PIECE) {
            Value.Fields fields = next();
            if (fields == null) {
                ended = true;
                break;
            }
            records.add(UserRecord.of(endpoint.decoding().cleaned(fields)).from(call.what()));
        }
        count += records.size();
        last = records.isEmpty() ? last : records.get(records.size() - 1);
        piece = records;
        if (ended) {
            response.close();
            check();
        }
    }

    /** Where there is no list, what the application says of it counts for more than that there is none. */
    private Value.@Nullable Fields next() throws AttemptFailed, IOException {
        try {
            return stream.next();
        } catch (AttemptFailed e) {
            check();
            throw e;
        }
    }

    /** A page is what it seems only if no rule says that it is a failure. */
    private void check() throws AttemptFailed {
        for (ErrorRule rule : endpoint.errors()) {
            if (rule.matches(response.status(), response.headers(), stream::around)) {
                throw exchange.failures().rule(call, response, rule, stream::around);
            }
        }
    }

    /** {@return what the page was found to be; for a page that is ended} */
    PageFacts facts() {
        return new PageFacts(call, response.uri(), response.headers(), count, stream::around, last);
    }

    long bytes() {
        return response.body().count();
    }

    @Override
    public void close() {
        response.close();
    }
}
