package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FetchAheadTest {
    @RegisterExtension
    static final WireMockExtension server = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().containerThreads(30))
            .build();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static void pages(int count, int delayMillis) {
        for (int page = 1; page <= count; page++) {
            server.stubFor(get(urlPathEqualTo("/users"))
                    .withQueryParam("p", equalTo(Integer.toString(page)))
                    .willReturn(okJson(Api.page("\"pages\": " + count, 2 * page, 2 * page + 1))
                            .withFixedDelay(delayMillis)));
        }
    }

    private static List<String> expected(int pages) {
        return IntStream.range(2, 2 * pages + 2).mapToObj(Integer::toString).toList();
    }

    private static List<String> fetch(String paging, ConnectorContext context) {
        return Sources.ids(Sources.fetch(
                Sources.connector(Api.source(server, "paging: " + paging), new Sources.NoWaiting(), context)));
    }

    private static final String NUMBERED = "{type: page, parameter: p, totalPages: /pages, ahead: 6}";

    @Test
    void numbered_pages_are_fetched_several_at_once_and_come_in_order() {
        pages(25, 100);
        fetch(NUMBERED, ConnectorContext.defaults().executor(threads));

        long start = System.nanoTime();
        List<String> ahead = fetch(NUMBERED, ConnectorContext.defaults().executor(threads));
        Duration together = Duration.ofNanos(System.nanoTime() - start);

        assertThat(ahead).isEqualTo(expected(25));
        assertThat(together).as("one after another takes 2500 ms at least").isLessThan(Duration.ofMillis(1700));
    }

    @Test
    void nothing_is_asked_for_beyond_the_declared_end() {
        pages(3, 0);

        assertThat(fetch(NUMBERED, ConnectorContext.defaults().executor(threads)))
                .isEqualTo(expected(3));
        server.verify(3, com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(urlPathEqualTo("/users")));
    }

    @Test
    void what_is_beyond_an_undeclared_end_may_fail() {
        pages(4, 0);
        server.stubFor(
                get(urlPathEqualTo("/users")).withQueryParam("p", equalTo("5")).willReturn(okJson("{\"data\": []}")));

        assertThat(fetch(
                        "{type: page, parameter: p}",
                        ConnectorContext.defaults().executor(threads)))
                .isEqualTo(expected(4));
    }

    @Test
    void a_page_that_fails_ends_the_list_where_it_stands() {
        pages(10, 0);
        server.stubFor(get(urlPathEqualTo("/users"))
                .withQueryParam("p", equalTo("7"))
                .willReturn(aResponse().withStatus(403)));
        RestConnector connector = Sources.connector(
                Api.source(server, "paging: " + NUMBERED),
                new Sources.NoWaiting(),
                ConnectorContext.defaults().executor(threads));
        PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all());

        for (int page = 1; page <= 6; page++) {
            assertThat(pages.next().items()).hasSize(2);
        }
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, pages::next);

        assertThat(failure).hasMessageStartingWith("page 7 of users: status 403");
    }

    @Test
    void pages_without_numbers_are_fetched_one_ahead() {
        for (int page = 1; page <= 5; page++) {
            String next = page < 5 ? "\"next\": \"" + (page + 1) + "\"" : "\"next\": null";
            server.stubFor(get(urlPathEqualTo("/users"))
                    .withQueryParam("c", equalTo(Integer.toString(page)))
                    .willReturn(okJson(Api.page(next, 2 * page, 2 * page + 1))));
        }

        assertThat(fetch(
                        "{type: cursor, parameter: c, first: '1', next: /next}",
                        ConnectorContext.defaults().executor(threads)))
                .isEqualTo(expected(5));
    }

    @Test
    void offsets_that_were_guessed_wrong_are_asked_for_again() {
        for (int[] page : new int[][] {{0, 1, 2}, {2, 3}, {3, 4, 5}, {4, 99}, {5}}) {
            int[] ids = java.util.Arrays.copyOfRange(page, 1, page.length);
            Api.answer(server, get("/users?n=2&o=" + page[0]), "", ids);
        }

        assertThat(fetch(
                        "{type: offset, parameter: o, size: {parameter: n, value: 2}}",
                        ConnectorContext.defaults().executor(threads)))
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void a_busy_executor_slows_but_never_stops() {
        pages(5, 0);
        Executor busy = task -> {};
        Executor full = task -> {
            throw new RejectedExecutionException();
        };

        assertThat(fetch(NUMBERED, ConnectorContext.defaults().executor(busy))).isEqualTo(expected(5));
        assertThat(fetch(NUMBERED, ConnectorContext.defaults().executor(full))).isEqualTo(expected(5));
    }

    @Test
    void closing_early_gives_up_what_is_under_way() {
        pages(25, 20);
        RestConnector connector = Sources.connector(
                Api.source(server, "paging: " + NUMBERED),
                new Sources.NoWaiting(),
                ConnectorContext.defaults().executor(threads));

        try (PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            pages.next();
        }

        assertThat(server.getAllServeEvents()).hasSizeLessThan(20);
    }
}
