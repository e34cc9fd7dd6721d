package dev.rollcall.rest.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the value of a header that asks for a wait: seconds with or without a fraction, a time in seconds or milliseconds
 * since 1970, or a date in one of the three forms of HTTP (RFC 9110, section 5.6.7) or of ISO 8601. Thread-safe.
 */
final class WaitValue {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{0,15})?|\\.[0-9]{1,15}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** No application asks for a wait of thirty years: a larger number is a time since 1970. */
    private static final double FIRST_TIME = 1e9;

    private static final double FIRST_TIME_IN_MILLIS = 1e11;
    /** More seconds than any wait; it is capped by the reader of the header. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]{3,9},?\\s+(?=[0-9A-Za-z])");
    private static final Pattern GREENWICH = Pattern.compile("(?i)\\s+(GMT|UTC|Z)$");

    private WaitValue() {}

    /** {@return the wait, negative for a time that has passed; empty if the value is nothing of this kind} */
    static Optional<Duration> parse(String value, Instant now) {
        if (NUMBER.matcher(value).matches()) {
            return Optional.of(number(Double.parseDouble(value), now));
        }
        if (DIGITS.matcher(value).matches()) {
            return Optional.of(FOREVER);
        }
        return date(value, now).map(until -> Duration.between(now, until));
    }

    /** {@return the wait that a number of milliseconds means; empty if the value is none} */
    static Optional<Duration> millis(String value) {
        return NUMBER.matcher(value).matches()
                ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(value))))
                : Optional.empty();
    }

    private static Duration number(double number, Instant now) {
        if (number < FIRST_TIME) {
            return Duration.ofMillis(Math.round(number * 1000));
        }
        double millis = number < FIRST_TIME_IN_MILLIS ? number * 1000 : number;
        return Duration.between(now, Instant.ofEpochMilli(Math.round(millis)));
    }

    private static Optional<Instant> date(String value, Instant now) {
        // The name of the weekday says nothing new, and some servers have the wrong one.
        String day = WEEKDAY.matcher(value).replaceFirst("").replaceAll("\\s+", " ");
        String local = GREENWICH.matcher(day).replaceFirst("");
        int year = now.atZone(ZoneOffset.UTC).getYear();
        return List.of(format("d MMM uuuu HH:mm:ss"), ofTwoDigits(year), format("MMM d HH:mm:ss uuuu")).stream()
                .flatMap(form -> parsed(() -> LocalDateTime.parse(local, form).toInstant(ZoneOffset.UTC)).stream())
                .findFirst()
                .or(() -> parsed(() -> OffsetDateTime.parse(value).toInstant()))
                .or(() -> parsed(() -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()));
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.US)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** A year of two digits is at most 50 years in the future. */
    private static DateTimeFormatter ofTwoDigits(int year) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("d-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 4, Math.max(Year.MIN_VALUE, year - 49))
                .appendPattern(" HH:mm:ss")
                .toFormatter(Locale.US)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** A form of a date. */
    @FunctionalInterface
    private interface Form {
        Instant read();
    }

    private static Optional<Instant> parsed(Form form) {
        try {
            return Optional.of(form.read());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
