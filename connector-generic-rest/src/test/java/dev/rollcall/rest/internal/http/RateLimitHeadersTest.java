package dev.rollcall.rest.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static HttpHeaders headers(String... namesAndValues) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.computeIfAbsent(namesAndValues[i], name -> new ArrayList<>())
                    .add(namesAndValues[i + 1]);
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static Optional<Duration> refused(String... namesAndValues) {
        return RateLimitHeaders.asked(headers(namesAndValues), true, NOW);
    }

    @Nested
    class retry_after {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                120                              | PT2M
                0                                | PT0S
                1.5                              | PT1.5S
                .25                              | PT0.25S
                2.                               | PT2S
                99999999999                      | P1D
                9999999999999999999999           | P1D
                1795341630                       | PT30S
                1000000000                       | PT0S
                Sun, 22 Nov 2026 10:00:30 GMT    | PT30S
                Sun, 22 Nov 2026 09:00:30 GMT    | PT0S
                Mon, 22 Nov 2026 10:00:30 GMT    | PT30S
                sun, 22 nov 2026 10:00:30 utc    | PT30S
                22 Nov 2026 10:00:30 GMT         | PT30S
                Sun, 22 Nov 2026 12:00:30 +0200  | PT30S
                Sunday, 22-Nov-26 10:00:30 GMT   | PT30S
                Sun, 22-Nov-2026 10:00:30 GMT    | PT30S
                Sunday, 22-Nov-77 10:00:30 GMT   | PT0S
                Sun Nov 22 10:00:30 2026         | PT30S
                Wed Dec  2 10:00:30 2026         | P1D
                Sun Nov  1 10:00:30 2026         | PT0S
                2026-11-22T10:00:30Z             | PT30S
                2026-11-22T12:00:30.500+02:00    | PT30.5S
                """)
        void is_a_number_or_a_date(String value, Duration wait) {
            assertThat(refused("Retry-After", value)).contains(wait);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"-5", "soon", "", "1,5", "1e3", "Infinity", "22 Nov 2026", "Sun, 31 Feb 2026 10:00:30 GMT"})
        void is_not_guessed(String value) {
            assertThat(refused("Retry-After", value)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "retry-after, 3, PT3S",
            "X-Retry-After, 3, PT3S",
            "Retry-After-Ms, 1500, PT1.5S",
            "x-ms-retry-after-ms, 1500, PT1.5S",
            "X-Rate-Limit-Retry-After-Seconds, 3, PT3S",
            "X-RateLimit-Retry-After, 3, PT3S"
        })
        void has_relatives(String name, String value, Duration wait) {
            assertThat(refused(name, value)).contains(wait);
        }

        @Test
        void counts_more_than_the_end_of_a_window() {
            assertThat(refused("X-RateLimit-Reset", "9", "RateLimit", "\"a\";r=0;t=8", "Retry-After", "3"))
                    .contains(Duration.ofSeconds(3));
            assertThat(refused("Retry-After", "soon", "X-RateLimit-Reset", "9")).contains(Duration.ofSeconds(9));
        }
    }

    @Nested
    class the_end_of_a_window {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-RateLimit-Reset",
                    "X-Rate-Limit-Reset",
                    "x-ratelimit-reset",
                    "RateLimit-Reset",
                    "Rate-Limit-Reset",
                    "X-RateLimit-Reset-After"
                })
        void has_many_names(String name) {
            assertThat(refused(name, "9")).contains(Duration.ofSeconds(9));
            assertThat(refused(name, Long.toString(NOW.getEpochSecond() + 9))).contains(Duration.ofSeconds(9));
        }

        @ParameterizedTest
        @CsvSource({
            "0.65, PT0.65S",
            "1795341630, PT30S",
            "1795341630.25, PT30.25S",
            "1795341630250, PT30.25S",
            "2026-11-22T10:00:30Z, PT30S",
            "'Sun, 22 Nov 2026 10:00:30 GMT', PT30S",
            "1795341599, PT0S",
            "'', ",
            "tomorrow, "
        })
        void is_a_distance_or_a_time(String value, @Nullable Duration wait) {
            assertThat(refused("X-Rate-Limit-Reset", value)).isEqualTo(Optional.ofNullable(wait));
        }

        /** Such as 503 from an application that sends these headers with every response. */
        @Test
        void is_no_wait_for_a_call_that_was_not_refused_for_the_number_of_calls() {
            HttpHeaders left = headers("X-RateLimit-Remaining", "50", "X-RateLimit-Reset", "3600");
            HttpHeaders none = headers("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "30");

            assertThat(RateLimitHeaders.asked(left, false, NOW)).isEmpty();
            assertThat(RateLimitHeaders.asked(none, false, NOW)).contains(Duration.ofSeconds(30));
            assertThat(RateLimitHeaders.asked(headers("Retry-After", "5"), false, NOW))
                    .contains(Duration.ofSeconds(5));
        }
    }

    @Nested
    class the_draft_of_the_IETF {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                "default";r=0;t=30                          | PT30S | true
                "default"; r=0; t=30                        | PT30S | true
                "burst";r=0;t=5, "daily";r=900;t=40000      | PT5S  | true
                "burst";r=0;t=5, "hourly";r=0;t=90          | PT1M30S | true
                "a, \\"b;r=9;t=9";r=2;t=7;pk=:abc=:         | PT7S  | false
                limit=100, remaining=0, reset=50            | PT50S | true
                limit=10, remaining=3, reset=50             | PT50S | false
                default;r=0                                 | PT0S  | true
                """)
        void has_policies(String value, Duration wait, boolean usedUp) {
            assertThat(refused("RateLimit", value)).contains(wait);
            assertThat(RateLimitHeaders.isUsedUp(headers("RateLimit", value))).isEqualTo(usedUp);
        }

        @Test
        void may_come_in_several_headers() {
            assertThat(refused("RateLimit", "\"a\";r=0;t=5", "RateLimit", "\"b\";r=0;t=60"))
                    .contains(Duration.ofMinutes(1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "100", "\"a\";q=100;w=60", "\"r=0;t=5\";q=1"})
        void may_say_nothing(String value) {
            assertThat(refused("RateLimit", value)).isEmpty();
            assertThat(RateLimitHeaders.isUsedUp(headers("RateLimit", value))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-RateLimit-Remaining, 0, true",
        "X-Rate-Limit-Remaining, 0, true",
        "ratelimit-remaining, 0.0, true",
        "X-RateLimit-Remaining, 10, false",
        "X-RateLimit-Remaining, none, false",
        "X-RateLimit-Limit, 0, false"
    })
    void a_budget_is_used_up(String name, String value, boolean usedUp) {
        assertThat(RateLimitHeaders.isUsedUp(headers(name, value))).isEqualTo(usedUp);
    }

    @ParameterizedTest
    @CsvSource({"PT0.5S, 0.5s", "PT5S, 5s", "PT1M, 1m", "PT90S, 1m 30s", "PT1H, 1h", "PT24H, 24h", "PT3605S, 1h 5s"})
    void a_wait_in_words(Duration wait, String text) {
        assertThat(Remedies.text(wait)).isEqualTo(text);
    }
}
