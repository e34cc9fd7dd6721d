package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.internal.decoding.RecordStream;
import dev.rollcall.rest.internal.http.AttemptFailed;
import dev.rollcall.rest.internal.http.Call;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.http.Exchange;
import dev.rollcall.rest.internal.http.Response;
import dev.rollcall.rest.internal.http.ResponseLimits;
import dev.rollcall.rest.internal.paging.PageFacts;
import dev.rollcall.rest.internal.settings.Pointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page that was asked for and answered: its first records are read, the others as they are asked for. Not
 * thread-safe: for one thread at a time.
 */
final class Fetched implements AutoCloseable {
    /** More records than this are handed out in several pieces, so that a page of any size takes little memory. */
    private static final int PIECE = 1000;

    private final EndpointDefinition endpoint;
    private final Exchange exchange;
    private final Call call;
    private final Response response;
    private final RecordStream stream;
    private List<UserRecord> piece = List.of();
    private long count;
    private boolean ended;

    private Fetched(EndpointDefinition endpoint, Exchange exchange, Call call, Response response) throws AttemptFailed {
        this.endpoint = endpoint;
        this.exchange = exchange;
        this.call = call;
        this.response = response;
        Set<Pointer> wanted = endpoint.pointers();
        this.stream = endpoint.decoding().open(call, response, wanted, exchange.failures());
    }

    /**
     * Asks for a page and reads its first records.
     *
     * @throws ConnectorException if that fails
     */
    static Fetched fetch(EndpointDefinition endpoint, Exchange exchange, Call call) {
        return exchange.sendForAny(call, response -> {
            if (response.status() / 100 != 2) {
                throw exchange.failures().status(call, response, endpoint.errors());
            }
            Fetched fetched = new Fetched(endpoint, exchange, call, response);
            fetched.read();
            if (!fetched.ended) {
                response.body().readAhead(ResponseLimits.BUFFER_BYTES);
            }
            return fetched;
        });
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
            records.add(UserRecord.of(fields).from(call.what()));
        }
        count += records.size();
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
        return new PageFacts(call, response.uri(), response.headers(), count, stream::around);
    }

    long bytes() {
        return response.body().count();
    }

    @Override
    public void close() {
        response.close();
    }
}
