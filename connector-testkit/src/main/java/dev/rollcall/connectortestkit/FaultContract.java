package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.UserQuery;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connectortestkit.ScriptedApplication.Reply;
import dev.rollcall.connectortestkit.ScriptedApplication.Spoilt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a connector promises when its application fails. Not thread-safe: for one thread at a time. */
abstract class FaultContract extends WholenessContract {
    @Test
    void a_busy_application_is_asked_again() {
        AtomicInteger calls = new AtomicInteger();
        users(
                47,
                (request, good) -> calls.incrementAndGet() == 2
                        ? Reply.good(ApplicationAnswer.status(429, "slow down").header("Retry-After", "0"))
                        : Reply.good(good));

        read().assertWhole(ids(47));
    }

    @Test
    void a_failing_application_is_asked_again() {
        AtomicInteger calls = new AtomicInteger();
        users(
                47,
                (request, good) -> calls.incrementAndGet() == 2
                        ? Reply.good(ApplicationAnswer.status(503, "restarting").header("Retry-After", "0"))
                        : Reply.good(good));

        read().assertWhole(ids(47));
    }

    @ParameterizedTest(name = "status {0} is {1}")
    @CsvSource({
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "500, UNAVAILABLE",
        "503, UNAVAILABLE",
    })
    void a_refusal_for_good_is_told_by_kind_and_is_no_normal_end(int status, FailureKind kind) {
        users(47, fromTheThirdCallOn(good -> {
            ApplicationAnswer refusal = ApplicationAnswer.status(status, "no");
            // What says when to come back is no refusal for good, but for a server that is down.
            return Reply.good(status < 500 ? refusal : refusal.header("Retry-After", "0"));
        }));

        assertThat(failure().kind()).isEqualTo(kind);
    }

    @Test
    void a_long_wait_is_left_to_the_host() {
        users(
                47,
                fromTheThirdCallOn(good ->
                        Reply.good(ApplicationAnswer.status(429, "tomorrow").header("Retry-After", "86400"))));

        ConnectorException failure = failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.retryAfter()).hasValue(Duration.ofDays(1));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Spoilt.class,
            names = {"RESET", "EMPTY", "CUT"})
    void a_broken_connection_is_no_normal_end(Spoilt spoilt) {
        users(47, fromTheThirdCallOn(good -> new Reply(good, spoilt)));

        assertThat(failure().kind()).isIn(FailureKind.UNAVAILABLE, FailureKind.MALFORMED_RESPONSE, FailureKind.TIMEOUT);
    }

    @Test
    void a_slow_answer_is_waited_for() {
        users(20, (request, good) -> new Reply(good, Spoilt.SLOW));

        read().assertWhole(ids(20));
    }

    @Test
    void an_answer_that_does_not_come_ends_as_a_timeout() {
        users(47, fromTheThirdCallOn(good -> new Reply(good, Spoilt.SILENT)));

        assertThat(failure(impatient(application.address(), PLANTED)).kind()).isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void half_an_answer_is_no_normal_end() {
        users(
                47,
                fromTheThirdCallOn(good -> Reply.good(new ApplicationAnswer(
                        200,
                        good.headers(),
                        good.body().substring(0, good.body().length() / 2)))));

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
    }

    @Test
    void a_web_page_instead_of_data_is_no_normal_end() {
        users(
                47,
                fromTheThirdCallOn(good -> Reply.good(
                        new ApplicationAnswer(200, good.headers(), "<html><body>Please log in</body></html>"))));

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
    }

    @Test
    void an_empty_answer_is_no_normal_end() {
        users(47, fromTheThirdCallOn(good -> Reply.good(new ApplicationAnswer(200, good.headers(), ""))));

        assertThat(failure().kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
    }

    @Test
    void the_same_page_again_and_again_ends_in_a_failure() {
        List<String> first = ids(47);
        AtomicInteger calls = new AtomicInteger();
        List<ApplicationAnswer> pages = new ArrayList<>();
        application.answers(request -> {
            if (!asksForUsers(request)) {
                return Reply.good(users(request, first));
            }
            if (calls.incrementAndGet() <= 2) {
                pages.add(users(request, first));
            }
            return Reply.good(pages.get(pages.size() - 1));
        });

        assertThat(failure().kind()).isIn(FailureKind.MALFORMED_RESPONSE, FailureKind.LIMIT_EXCEEDED);
    }

    @Test
    void a_redirect_to_another_host_is_not_followed_with_credentials() {
        try (ScriptedApplication elsewhere = new ScriptedApplication()) {
            elsewhere.answers(request -> Reply.good(ApplicationAnswer.json("{}")));
            users(
                    47,
                    fromTheThirdCallOn(good -> Reply.good(
                            new ApplicationAnswer(307, Map.of("Location", elsewhere.address() + "/users"), ""))));

            failure();

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    /** Whatever an answer says of its own addresses, it says of another host now, and names one as the next page. */
    @Test
    void a_next_link_to_another_host_is_not_followed() {
        try (ScriptedApplication elsewhere = new ScriptedApplication()) {
            List<String> all = ids(47);
            elsewhere.answers(request -> Reply.good(users(request, all)));
            users(47, (request, good) -> Reply.good(pointingAt(elsewhere, good)));
            List<String> came = new ArrayList<>();
            Throwable failure = catchThrowable(() -> came.addAll(read().keys()));

            assertThat(elsewhere.requests()).isEmpty();
            if (failure == null) {
                assertThat(came).as("who ignores the link reads on as ever").containsExactlyElementsOf(all);
            } else {
                assertThat(((ConnectorException) failure).kind()).isEqualTo(FailureKind.UNTRUSTED_ORIGIN);
            }
        }
    }

    private ApplicationAnswer pointingAt(ScriptedApplication elsewhere, ApplicationAnswer good) {
        String here = application.address().toString();
        String there = elsewhere.address().toString();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Link", "<" + there + "/users?page=2>; rel=\"next\"");
        good.headers().forEach((name, value) -> headers.put(name, value.replace(here, there)));
        return new ApplicationAnswer(good.status(), headers, good.body().replace(here, there));
    }

    @Test
    void a_read_beyond_the_limits_of_the_host_is_no_normal_end() {
        users(47, (request, good) -> Reply.good(good));

        assertThat(beyond(new PageLimits(2, 1_000, Duration.ofHours(1)))).hasMessageContaining("more than 2 pages");
        assertThat(beyond(new PageLimits(1_000, 46, Duration.ofHours(1)))).hasMessageContaining("more than 46 records");
    }

    private ConnectorException beyond(PageLimits limits) {
        ConnectorException failure = failureOf("a read beyond " + limits, () -> {
            try (Connector connector = open();
                    PageIterator<UserRecord> pages = PageIterator.guarded(
                            connector.fetchUsers(UserQuery.all()),
                            limits,
                            context().clock())) {
                read(pages);
            }
        });
        assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
        return failure;
    }

    @Test
    void a_failed_fetch_stays_failed() {
        users(47, fromTheThirdCallOn(good -> Reply.good(ApplicationAnswer.status(403, "no"))));
        try (Connector connector = open();
                PageIterator<UserRecord> pages = connector.fetchUsers(UserQuery.all())) {
            Throwable first = catchThrowable(() -> read(pages));

            assertThat(first).isInstanceOf(ConnectorException.class);
            assertThat(catchThrowable(() -> read(pages))).isInstanceOf(ConnectorException.class);
        }
    }

    static Spoiling fromTheThirdCallOn(Function<ApplicationAnswer, Reply> spoil) {
        AtomicInteger calls = new AtomicInteger();
        return (request, good) -> calls.incrementAndGet() >= 3 ? spoil.apply(good) : Reply.good(good);
    }
}
