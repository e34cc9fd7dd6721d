package dev.rollcall.mapping.internal.values;

import dev.rollcall.mapping.internal.text.Countries;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Values that Active Directory writes in a way of its own. Stateless, and thus thread-safe. */
public final class AdValues {
    /** Never, in {@code accountExpires}; 0 means the same. */
    static final String NEVER = "9223372036854775807";

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final long SECONDS_FROM_1601 = 11_644_473_600L;
    private static final long TICKS_PER_SECOND = 10_000_000L;

    private AdValues() {}

    /** {@return what stands for no value, in an attribute that should not be removed} */
    public static Optional<String> none(String attribute) {
        return switch (attribute.toLowerCase(Locale.ROOT)) {
            case "accountexpires" -> Optional.of(NEVER);
            case "countrycode" -> Optional.of("0");
            default -> Optional.empty();
        };
    }

    public static String convert(String attribute, String text, ZoneId zone, Failure failure) {
        return switch (attribute.toLowerCase(Locale.ROOT)) {
            case "accountexpires" -> accountExpires(text.strip(), zone, failure);
            case "c" -> country(text, failure);
            case "countrycode" -> text.strip().equals("0") ? "0" : Countries.number(country(text, failure));
            // A code becomes the name; a name may be written in any language, and stays.
            case "co" ->
                text.matches("[A-Z]{2}")
                        ? Countries.code(text).map(Countries::name).orElse(text)
                        : text;
            default -> text;
        };
    }

    private static String country(String text, Failure failure) {
        return Countries.code(text)
                .orElseThrow(() -> failure.of(
                        "unknown-country",
                        "'" + text + "' is no country of ISO 3166",
                        "write a code such as DE, DEU or 276, or the English name"));
    }

    /**
     * A date is the last day on which the account works, so it expires when the next one begins; a time is that time; a
     * number is written as it is.
     */
    private static String accountExpires(String text, ZoneId zone, Failure failure) {
        if (text.matches("[0-9]{1,19}") && !text.matches("[0-9]{8}")) {
            return text;
        } else if (text.equalsIgnoreCase("never")) {
            return NEVER;
        }
        try {
            return ticks(instant(text, zone));
        } catch (DateTimeException | ArithmeticException e) {
            throw failure.of(
                    "bad-date",
                    "accountExpires takes a date such as 2027-03-31, found '" + text + "'",
                    "make it one with parseDate or dayOf");
        }
    }

    private static Instant instant(String text, ZoneId zone) {
        if (text.length() == 10 || text.length() == 8) {
            LocalDate lastDay = text.length() == 8
                    ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                    : LocalDate.parse(text);
            return lastDay.plusDays(1).atStartOfDay(zone).toInstant();
        }
        String time = text.replace(' ', 'T');
        try {
            return OffsetDateTime.parse(time, WITH_OFFSET).toInstant();
        } catch (DateTimeException e) {
            return LocalDateTime.parse(time).atZone(zone).toInstant();
        }
    }

    private static String ticks(Instant instant) {
        long seconds = Math.addExact(instant.getEpochSecond(), SECONDS_FROM_1601);
        long ticks = Math.addExact(Math.multiplyExact(seconds, TICKS_PER_SECOND), instant.getNano() / 100);
        if (ticks < 0) {
            throw new DateTimeException("before 1601");
        }
        return Long.toString(ticks);
    }
}
