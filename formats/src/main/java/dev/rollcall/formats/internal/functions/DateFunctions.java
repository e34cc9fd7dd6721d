package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.DATE;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Moment;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.IsoMoment;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Functions of dates; a date without a time stays one. Immutable and thread-safe. */
public final class DateFunctions {
    public static final List<FormatFunction> ALL = DatedFunction.all(
            parseDate(),
            parseDateIn(),
            date(),
            dateAdd(),
            dateDiff(),
            now(),
            today(),
            dayOf(),
            edge("startOfDay", true),
            edge("endOfDay", false),
            order("isBefore", true),
            order("isAfter", false));

    private static final String UNITS =
            "years, months, weeks, days, hours, minutes, seconds, or Entra's yyyy, m, ww, d, h," + " n, s";

    private DateFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Dates");
    }

    private static FormatFunction parseDate() {
        return named("parseDate")
                .documentation(
                        "Reads a date by the first pattern of java.time that fits, and gives ISO 8601: a date alone"
                                + " stays one, anything else is an instant in UTC. A date with an offset is midnight there, a"
                                + " time that names no zone is one of the configured zone. A day that does not exist, such as"
                                + " 31.02.2026, is an error.")
                .alsoKnownAs("Entra CDate, SailPoint dateFormat")
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("pattern", TEXT).repeated())
                .example("parseDate('23.11.2026', 'd.M.yyyy')", "'2026-11-23'")
                .example("parseDate('11/23/2026', 'd.M.yyyy', 'M/d/yyyy')", "'2026-11-23'")
                .example("parseDate('2020-03-16-07:00', 'yyyy-MM-ddXXX')", "'2020-03-16T07:00:00Z'")
                .example("parseDate('soon', 'd.M.yyyy')", "error: bad-date")
                .example("parseDate('31.02.2026', 'd.M.yyyy')", "error: bad-date")
                .as(arguments -> parse(arguments, arguments.zone(), 1));
    }

    private static FormatFunction parseDateIn() {
        return named("parseDateIn")
                .documentation("As parseDate, with the zone of times that name none.")
                .parameter(Parameter.of("text", TEXT))
                .parameter(Parameter.of("zone", TEXT))
                .parameter(Parameter.of("pattern", TEXT).repeated())
                .example(
                        "parseDateIn('23.11.2026 09:00', 'Pacific/Auckland', 'd.M.yyyy HH:mm')",
                        "'2026-11-22T20:00:00Z'")
                .as(arguments -> parse(arguments, arguments.zone(1), 2));
    }

    private static Value parse(Arguments arguments, ZoneId zone, int firstPattern) {
        String text = arguments.text(0);
        boolean impossible = false;
        for (int i = firstPattern; i < arguments.size(); i++) {
            DateTimeFormatter pattern = IsoMoment.pattern(arguments.text(i));
            Moment moment = IsoMoment.readOrNull(text, pattern);
            if (moment != null) {
                return Value.of(IsoMoment.iso(moment, zone));
            }
            impossible |= IsoMoment.isImpossible(text, pattern);
        }
        throw FormatException.of(
                "bad-date",
                "'" + IsoMoment.shown(text) + "' is no date of any of the patterns",
                impossible
                        ? "there is no such day or time: correct it in the application"
                        : "add its pattern, such as 'd.M.yyyy'");
    }

    private static FormatFunction date() {
        return named("date")
                .documentation("Writes a date or time by a pattern of java.time, in a zone if one is named.")
                .alsoKnownAs("Entra FormatDateTime, Okta Time.format")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("pattern", TEXT))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("date('2026-11-23', 'dd.MM.yyyy')", "'23.11.2026'")
                .example("date('2026-11-23T23:30:00Z', 'yyyy-MM-dd', 'Pacific/Auckland')", "'2026-11-24'")
                .as(arguments -> {
                    try {
                        return Value.of(IsoMoment.pattern(arguments.text(1))
                                .format(arguments.date(0).in(arguments.zone(2))));
                    } catch (DateTimeException e) {
                        throw FormatException.of("bad-pattern", "the date cannot be written by this pattern");
                    }
                });
    }

    static ChronoUnit unit(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "years", "year", "yyyy", "y" -> ChronoUnit.YEARS;
            case "months", "month", "m" -> ChronoUnit.MONTHS;
            case "weeks", "week", "ww" -> ChronoUnit.WEEKS;
            case "days", "day", "d" -> ChronoUnit.DAYS;
            case "hours", "hour", "h" -> ChronoUnit.HOURS;
            case "minutes", "minute", "n" -> ChronoUnit.MINUTES;
            case "seconds", "second", "s" -> ChronoUnit.SECONDS;
            default -> throw FormatException.of("bad-unit", "'" + name + "' is no unit of time", "one of " + UNITS);
        };
    }

    private static FormatFunction dateAdd() {
        return named("dateAdd")
                .documentation(
                        "A date so many " + UNITS + " later, or earlier if negative. Days and longer are added to the"
                                + " local date, the end of a month stays in it; hours and shorter to the instant.")
                .alsoKnownAs("Entra DateAdd")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("count", INTEGER))
                .parameter(Parameter.of("unit", TEXT))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("dateAdd('2012-03-16', 10, 'm')", "'2013-01-16'")
                .example("dateAdd('2026-01-31', 1, 'months')", "'2026-02-28'")
                .example("dateAdd('2026-11-23T10:00:00Z', -2, 'hours')", "'2026-11-23T08:00:00Z'")
                .as(arguments -> {
                    ChronoUnit unit = unit(arguments.text(2));
                    Moment moment = arguments.date(0);
                    long count = arguments.integer(1);
                    ZoneId zone = arguments.zone(3);
                    try {
                        if (moment.isDate() && unit.isDateBased()) {
                            return Value.of(moment.date(zone).plus(count, unit).toString());
                        }
                        return Value.of(
                                moment.in(zone).plus(count, unit).toInstant().toString());
                    } catch (DateTimeException | ArithmeticException e) {
                        throw FormatException.of("bad-date", "the result is no date");
                    }
                });
    }

    private static FormatFunction dateDiff() {
        return named("dateDiff")
                .documentation(
                        "How many whole units lie between two dates, negative if the second is earlier. Units are"
                                + " those of dateAdd.")
                .alsoKnownAs("Entra DateDiff")
                .parameter(Parameter.of("from", DATE))
                .parameter(Parameter.of("to", DATE))
                .parameter(Parameter.of("unit", TEXT))
                .example("dateDiff('2021-08-24', '2021-08-25', 'h')", "24")
                .example("dateDiff('2026-03-02', '2026-01-01', 'months')", "-2")
                .as(arguments -> {
                    ChronoUnit unit = unit(arguments.text(2));
                    ZoneId zone = arguments.zone();
                    Moment from = arguments.date(0);
                    Moment to = arguments.date(1);
                    return Value.of(
                            unit.isDateBased()
                                    ? unit.between(local(from, zone), local(to, zone))
                                    : unit.between(from.in(zone), to.in(zone)));
                });
    }

    /** The local time; of a date midnight, also where the clocks pass over it. */
    private static LocalDateTime local(Moment moment, ZoneId zone) {
        return moment.isDate()
                ? moment.date(zone).atStartOfDay()
                : moment.in(zone).toLocalDateTime();
    }

    private static FormatFunction now() {
        return named("now")
                .documentation("The instant of the run, in UTC.")
                .alsoKnownAs("Entra Now")
                .contextual()
                .example("now()", "'2026-11-23T10:15:30Z'")
                .as(arguments -> Value.of(arguments
                        .clock()
                        .instant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()));
    }

    private static FormatFunction today() {
        return named("today")
                .documentation("The date of the run, in the zone named or the configured one; an empty name is the"
                        + " configured one.")
                .parameter(Parameter.of("zone", TEXT).optional())
                .contextual()
                .example("today()", "'2026-11-23'")
                .example("today('Pacific/Auckland')", "'2026-11-23'")
                .example("today('Pacific/Aukland')", "error: bad-zone")
                .as(arguments -> Value.of(LocalDate.ofInstant(arguments.clock().instant(), arguments.zone(0))
                        .toString()));
    }

    private static FormatFunction dayOf() {
        return named("dayOf")
                .documentation(
                        "The day that an application means by a date or a time, as a date. Of a time with an offset at"
                                + " midnight, or in the last second of a day, it is that day, whatever the zone; of any other"
                                + " time it is the day in the zone named or the configured one; a date stays as it is.")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("dayOf('2027-03-31')", "'2027-03-31'")
                .example("dayOf('2027-03-31T00:00:00+11:00')", "'2027-03-31'")
                .example("dayOf('2027-03-31T23:59:59Z', 'Australia/Sydney')", "'2027-03-31'")
                .example("dayOf('2027-03-30T13:00:00Z', 'Australia/Sydney')", "'2027-03-31'")
                .as(arguments -> Value.of(
                        IsoMoment.day(arguments.date(0), arguments.zone(1)).toString()));
    }

    private static FormatFunction edge(String name, boolean start) {
        return named(name)
                .documentation("The instant at which the day of a date " + (start ? "begins" : "ends, its last second")
                        + ", in the zone named or the configured one.")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example(
                        name + "('2026-11-23', 'Pacific/Auckland')",
                        start ? "'2026-11-22T11:00:00Z'" : "'2026-11-23T10:59:59Z'")
                .as(arguments -> {
                    ZoneId zone = arguments.zone(1);
                    LocalDate day = arguments.date(0).date(zone);
                    ZonedDateTime time = start
                            ? day.atStartOfDay(zone)
                            : day.plusDays(1).atStartOfDay(zone).minusSeconds(1);
                    return Value.of(time.toInstant().toString());
                });
    }

    private static FormatFunction order(String name, boolean before) {
        return named(name)
                .documentation("Whether a date is " + (before ? "before" : "after")
                        + " another; two dates alone are compared as dates, else as instants.")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("other", DATE))
                .example(name + "('2026-01-01', '2026-01-02')", Boolean.toString(before))
                .as(arguments -> {
                    int order = compare(arguments.date(0), arguments.date(1), arguments.zone());
                    return Value.of(before ? order < 0 : order > 0);
                });
    }

    private static int compare(Moment a, Moment b, ZoneId zone) {
        return a.isDate() && b.isDate()
                ? a.date(zone).compareTo(b.date(zone))
                : a.instant(zone).compareTo(b.instant(zone));
    }
}
