package dev.rollcall.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.rest.internal.http.TransportResponse;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A connection that breaks at any byte of any page: no read ends as a whole one with somebody missing. */
class CutConnectionTest {
    private static final String ORIGIN = "http://127.0.0.1:1";
    private static final Map<String, String> PAGES = new TreeMap<>(Map.of(
            "1", Api.page("\"pages\": 3", 10, 11),
            "2", Api.page("\"pages\": 3", 20, 21),
            "3", Api.page("\"pages\": 3", 30, 31)));

    private static String number(URI uri) {
        return uri.getQuery().replace("page=", "");
    }

    /** {@return an application whose connection breaks once, or always, at one byte of one page} */
    private static ScriptedTransport application(String page, int cut, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return new ScriptedTransport(request -> {
            String wanted = number(request.uri());
            String body = PAGES.get(wanted);
            boolean breaks = wanted.equals(page) && left.getAndDecrement() > 0;
            return breaks ? ScriptedTransport.breaking(body, cut) : ScriptedTransport.json(200, body);
        });
    }

    private static RestConnector connector(ScriptedTransport application, int retries) {
        String paging = "paging: {type: page, parameter: page, totalPages: /pages}";
        String source = FaultSuite.source(ORIGIN, paging).replace("retries: 0", "retries: " + retries);
        return Sources.connector(source, application, new Sources.NoWaiting());
    }

    @Test
    void is_made_good_by_another_attempt_wherever_it_breaks() {
        PAGES.forEach((page, body) -> {
            for (int cut = 0; cut < body.length(); cut++) {
                ScriptedTransport application = application(page, cut, 1);

                assertThat(Sources.ids(Sources.fetch(connector(application, 1))))
                        .as("page %s, cut after %d bytes", page, cut)
                        .containsExactly("10", "11", "20", "21", "30", "31");
                assertThat(application.requests()).hasSizeGreaterThanOrEqualTo(4);
            }
        });
    }

    @Test
    void fails_the_read_wherever_it_breaks_for_good() {
        PAGES.forEach((page, body) -> {
            for (int cut = 0; cut < body.length(); cut++) {
                ConnectorException failure =
                        FaultSuite.failure(connector(application(page, cut, Integer.MAX_VALUE), 2));

                assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(FailureKind.UNAVAILABLE);
                assertThat(failure).hasMessageStartingWith("page " + page + " of users: the connection to " + ORIGIN);
            }
        });
    }

    @Test
    void waits_through_the_clock_of_the_run() {
        Sources.NoWaiting pause = new Sources.NoWaiting();
        String source = FaultSuite.source(ORIGIN, "").replace("retries: 0", "retries: 4");
        ScriptedTransport application = new ScriptedTransport(request -> unavailable());

        FaultSuite.failure(Sources.connector(source, application, pause));

        assertThat(application.requests()).hasSize(5);
        assertThat(pause.sleeps()).hasSize(4);
    }

    private static TransportResponse unavailable() {
        return ScriptedTransport.json(503, "{}");
    }
}
