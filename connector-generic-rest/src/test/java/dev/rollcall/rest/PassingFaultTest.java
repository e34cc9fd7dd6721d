package dev.rollcall.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults that pass: the read is whole, with everybody in it once; and what is said if they do not pass. */
class PassingFaultTest extends FaultSuite {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

    private final Sources.NoWaiting pause = new Sources.NoWaiting();

    private RestConnector connector(int retries) {
        String paging = "paging: {type: page, parameter: page, totalPages: /pages}";
        return Sources.connector(
                source(origin(), paging).replace("retries: 0", "retries: " + retries),
                pause,
                ConnectorContext.defaults().clock(CLOCK));
    }

    private static void page(int number, int failures, ResponseDefinitionBuilder fault) {
        String url = "/users?page=" + number;
        for (int i = 0; i < failures; i++) {
            server.stubFor(get(url).inScenario(url)
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "failed " + i)
                    .willSetStateTo("failed " + (i + 1))
                    .willReturn(fault));
        }
        server.stubFor(get(url).inScenario(url)
                .whenScenarioStateIs(failures == 0 ? Scenario.STARTED : "failed " + failures)
                .willReturn(okJson(Api.page("\"pages\": 3", number * 10, number * 10 + 1))));
    }

    private void isWhole() {
        assertThat(Sources.ids(Sources.fetch(connector(4))))
                .as("what the pages say of completeness")
                .containsExactly("10", "11", "20", "21", "30", "31");
        elsewhere.verify(0, anyRequestedFor(anyUrl()));
    }

    private static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("503 burst x3", 3, aResponse().withStatus(503)),
                Arguments.of("502", 1, aResponse().withStatus(502)),
                Arguments.of("reset before headers", 2, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("garbage", 1, aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                Arguments.of("bad chunk", 1, aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("BOM", 1, okJson("\ufeff" + Api.page("\"pages\": 3", 20, 21))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void of_the_second_page(String name, int times, ResponseDefinitionBuilder fault) {
        page(1, 0, fault);
        page(2, times, fault);
        page(3, 0, fault);

        isWhole();
    }

    /** What the header asks for is kept; where it asks for nothing that makes sense, the wait is our own. */
    @ParameterizedTest(name = "429 Retry-After {0}")
    @CsvSource({
        "20, PT20S",
        "'Mon, 23 Nov 2026 08:00:30 GMT', PT30S",
        "'Mon, 23 Nov 2026 07:00:00 GMT', ",
        "soon, ",
        "-5, ",
        "none, ",
        "1.5, PT1.5S",
        "'Monday, 23-Nov-26 08:00:30 GMT', PT30S",
        "Mon Nov 23 08:00:30 2026, PT30S",
    })
    void with_a_wait(String header, @Nullable Duration wait) {
        ResponseDefinitionBuilder busy = aResponse().withStatus(429);
        page(1, 0, busy);
        page(2, 1, header.equals("none") ? busy : busy.withHeader("Retry-After", header));
        page(3, 0, busy);

        isWhole();
        assertThat(pause.sleeps()).hasSize(1).allSatisfy(slept -> {
            if (wait == null) {
                assertThat(slept).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
            } else {
                assertThat(slept).isEqualTo(wait);
            }
        });
    }

    /** Spellings that applications have: Okta, GitHub, Discord, the draft of the IETF; 403 as GitHub and Pipedrive answer. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "429, X-Rate-Limit-Reset, 1795420830, PT30S",
        "429, X-RateLimit-Reset, 1795420830, PT30S",
        "429, X-RateLimit-Reset-After, 0.65, PT0.65S",
        "429, RateLimit, 'default;r=0;t=30', PT30S",
        "403, Retry-After, 30, PT30S",
        "403, RateLimit, 'default;r=0;t=30', PT30S",
        "503, RateLimit, 'default;r=0;t=30', PT30S",
    })
    void with_a_wait_in_another_header(int status, String name, String value, Duration wait) {
        ResponseDefinitionBuilder busy = aResponse().withStatus(status).withHeader(name, value);
        page(1, 0, busy);
        page(2, 1, busy);
        page(3, 0, busy);

        isWhole();
        assertThat(pause.sleeps()).containsExactly(wait);
    }

    /** The end of a window of which there is still something left has nothing to do with a gateway that failed. */
    @Test
    void with_headers_that_are_about_something_else() {
        ResponseDefinitionBuilder gone = aResponse()
                .withStatus(502)
                .withHeader("X-RateLimit-Remaining", "4999")
                .withHeader("X-RateLimit-Reset", "1795424400");
        page(1, 0, gone);
        page(2, 2, gone);
        page(3, 0, gone);

        isWhole();
        assertThat(pause.sleeps()).hasSize(2).allMatch(slept -> slept.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @ParameterizedTest(name = "429 Retry-After {0}")
    @CsvSource({"99999999999, PT24H", "3600, PT1H", "'Mon, 23 Nov 2026 09:00:00 GMT', PT1H"})
    void that_would_take_too_long_is_left_to_the_host(String header, Duration told) {
        server.stubFor(get("/users?page=1")
                .willReturn(aResponse()
                        .withStatus(429)
                        .withHeader("Retry-After", header)
                        .withBody("slow down, " + Sources.SECRET)));

        ConnectorException failure = failure(connector(4));

        check(failure, FailureKind.RATE_LIMITED, "status 429, slow down, [secret]");
        String text = told.toHours() + "h";
        assertThat(failure)
                .hasMessageContaining("to be called again in " + text)
                .hasMessageContaining("run again in " + text + ", or raise request.maxRetryWait")
                .hasMessageContaining("above 1m");
        assertThat(failure.retryAfter()).contains(told);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(pause.sleeps()).isEmpty();
    }

    @Test
    void that_does_not_pass_is_no_complete_read() {
        page(1, 0, aResponse());
        page(2, 5, aResponse().withStatus(503).withBody("restarting"));
        page(3, 0, aResponse());

        ConnectorException failure = failure(connector(4));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasMessageStartingWith("page 2 of users: status 503, restarting");
        assertThat(pause.sleeps()).hasSize(4);
        assertThat(failure.isRetryable()).isTrue();
    }
}
