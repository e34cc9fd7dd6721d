package dev.rollcall.formats.internal.values;

import dev.rollcall.connector.Suggestion;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and makes dates and times. Immutable and thread-safe. */
public final class IsoMoment implements Moment {
    private static final int SHOWN = 40;
    private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);
    private static final Pattern ISO = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:.*)?");

    private final LocalDate date;
    private final @Nullable LocalDateTime local;
    private final @Nullable OffsetDateTime exact;

    private IsoMoment(LocalDate date, @Nullable LocalDateTime local, @Nullable OffsetDateTime exact) {
        this.date = date;
        this.local = local;
        this.exact = exact;
    }

    /**
     * Reads {@code 2026-11-23}, {@code 2026-11-23T10:15}, {@code 2026-11-23 10:15:30}, or either with an offset or Z.
     *
     * @throws FormatException if it is none of these
     */
    public static IsoMoment read(String text) {
        String iso = text.strip();
        try {
            if (iso.length() == 10) {
                return new IsoMoment(LocalDate.parse(iso), null, null);
            }
            String time =
                    iso.length() > 10 && iso.charAt(10) == ' ' ? iso.substring(0, 10) + "T" + iso.substring(11) : iso;
            if (time.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})$") && time.indexOf('T') > 0) {
                OffsetDateTime exact = OffsetDateTime.parse(withColon(time));
                return new IsoMoment(exact.toLocalDate(), exact.toLocalDateTime(), exact);
            }
            LocalDateTime local = LocalDateTime.parse(time);
            return new IsoMoment(local.toLocalDate(), local, null);
        } catch (DateTimeParseException e) {
            throw FormatException.of(
                    "bad-date",
                    "expected a date such as 2026-11-23 or 2026-11-23T10:15:30Z, found '" + shown(text) + "'",
                    ISO.matcher(iso).matches()
                            ? "there is no such day or time: correct it in the application"
                            : "parse it with parseDate");
        }
    }

    /** A moment of a date alone. */
    static IsoMoment of(LocalDate date) {
        return new IsoMoment(date, null, null);
    }

    /** A moment of a time without a zone. */
    static IsoMoment of(LocalDateTime local) {
        return new IsoMoment(local.toLocalDate(), local, null);
    }

    /** A moment of a time that is the same everywhere. */
    static IsoMoment of(OffsetDateTime exact) {
        return new IsoMoment(exact.toLocalDate(), exact.toLocalDateTime(), exact);
    }

    /**
     * The zone of a name.
     *
     * @throws FormatException if there is none
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException e) {
            throw FormatException.of(
                    "bad-zone",
                    "there is no time zone '" + shown(name) + "'",
                    Suggestion.nearest(shown(name), ZoneId.getAvailableZoneIds())
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("write it as Europe/Berlin or UTC"));
        }
    }

    /**
     * A formatter of a pattern, in no language. It reads days and hours that exist and no others: 31.02. is not taken for
     * the end of February.
     *
     * @throws FormatException if it is no pattern
     */
    public static DateTimeFormatter pattern(String pattern) {
        try {
            // A strict formatter wants an era beside yyyy, which nobody writes.
            return new DateTimeFormatterBuilder()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw FormatException.of(
                    "bad-pattern", "'" + shown(pattern) + "' is no pattern of a date", "write it as yyyy-MM-dd");
        }
    }

    /** {@return a text for a message, cut where it is long} */
    public static String shown(String text) {
        return Texts.length(text) <= SHOWN ? text : Texts.part(text, 0, SHOWN) + "…";
    }

    /** Reads a text by a formatter; null if it does not fit. A date with an offset is midnight there. */
    public static @Nullable IsoMoment readOrNull(String text, DateTimeFormatter formatter) {
        try {
            TemporalAccessor parsed = formatter.parse(text.strip());
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                return null;
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneId zone = parsed.query(TemporalQueries.zone());
            if (zone != null) {
                return of(date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                        .atZone(zone)
                        .toOffsetDateTime());
            }
            return time == null ? of(date) : of(date.atTime(time));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether a text is written as the formatter wants, but names a day or a time that does not exist. */
    public static boolean isImpossible(String text, DateTimeFormatter formatter) {
        try {
            formatter.withResolverStyle(ResolverStyle.LENIENT).parse(text.strip());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** A moment of an instant. */
    static IsoMoment of(Instant instant) {
        return of(instant.atOffset(ZoneOffset.UTC));
    }

    /** ISO 8601: a date alone as it is, anything else as the instant in UTC, with the zone for what names none. */
    public static String iso(Moment moment, ZoneId zone) {
        return (moment.isDate() ? moment.date(zone) : moment.instant(zone)).toString();
    }

    /**
     * The day that is meant: of a time with an offset that is the first or the last moment of a day there, that day, since
     * so a date is written by a program that has times only; of any other time, its day in the zone.
     */
    public static LocalDate day(Moment moment, ZoneId zone) {
        if (moment instanceof IsoMoment iso && iso.exact != null) {
            LocalTime time = iso.exact.toLocalTime();
            if (time.equals(LocalTime.MIDNIGHT) || !time.isBefore(LAST_SECOND)) {
                return iso.date;
            }
        }
        return moment.date(zone);
    }

    @Override
    public boolean isDate() {
        return local == null;
    }

    @Override
    public LocalDate date(ZoneId zone) {
        return exact == null ? date : exact.atZoneSameInstant(zone).toLocalDate();
    }

    @Override
    public ZonedDateTime in(ZoneId zone) {
        if (exact != null) {
            return exact.atZoneSameInstant(zone);
        }
        return local == null ? date.atStartOfDay(zone) : local.atZone(zone);
    }

    @Override
    public Instant instant(ZoneId zone) {
        return in(zone).toInstant();
    }

    @Override
    public String toString() {
        return exact != null ? exact.toString() : local != null ? local.toString() : date.toString();
    }

    private static String withColon(String time) {
        int sign = Math.max(time.lastIndexOf('+'), time.lastIndexOf('-'));
        if (sign > 10 && time.length() - sign == 5 && time.indexOf(':', sign) < 0) {
            return time.substring(0, sign + 3) + ":" + time.substring(sign + 3);
        }
        return sign > 10 && time.length() - sign == 3 ? time + ":00" : time;
    }
}
