package dev.rollcall.rest.internal.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** How long an application asks us to wait, as its headers say. Thread-safe. */
public final class RetryAfter {
    /** Nobody means more than that; what is longer was a mistake, and is told as this. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Seconds until the window is over (Pipedrive, RFC drafts) or the time of it (GitHub). */
    private static final List<String> RESETS = List.of("X-RateLimit-Reset", "RateLimit-Reset");

    private RetryAfter() {}

    /** {@return the wait that the headers ask for; empty if they do not, or not in a way that can be read} */
    public static Optional<Duration> of(HttpHeaders headers, Instant now) {
        Optional<Duration> wait = headers.firstValue("Retry-After").flatMap(value -> parse(value.trim(), now));
        for (String name : RESETS) {
            wait = wait.or(() -> headers.firstValue(name).flatMap(value -> reset(value.trim(), now)));
        }
        return wait;
    }

    private static Optional<Duration> parse(String value, Instant now) {
        if (value.matches("[0-9]+")) {
            return Optional.of(seconds(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(clamp(Duration.between(now, until)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A number above a billion is a time since 1970, in seconds or milliseconds; a smaller one is a distance. */
    static Optional<Duration> reset(String value, Instant now) {
        if (!value.matches("[0-9]{1,15}(\\.[0-9]+)?")) {
            return Optional.empty();
        }
        double number = Double.parseDouble(value);
        if (number < 1e9) {
            return Optional.of(clamp(Duration.ofMillis(Math.round(number * 1000))));
        }
        Instant until = Instant.ofEpochMilli(Math.round(number < 1e11 ? number * 1000 : number));
        return Optional.of(clamp(Duration.between(now, until)));
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9 ? LONGEST : clamp(Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static Duration clamp(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
