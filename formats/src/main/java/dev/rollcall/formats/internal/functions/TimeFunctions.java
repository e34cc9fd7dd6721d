package dev.rollcall.formats.internal.functions;

import static dev.rollcall.formats.function.Parameter.Kind.DATE;
import static dev.rollcall.formats.function.Parameter.Kind.INTEGER;
import static dev.rollcall.formats.function.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.FormatFunction;
import dev.rollcall.formats.function.FunctionDeclaration;
import dev.rollcall.formats.function.Moment;
import dev.rollcall.formats.function.Parameter;
import dev.rollcall.formats.internal.values.IsoMoment;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;

/** Times as directories and applications number them. Immutable and thread-safe. */
public final class TimeFunctions {
    public static final List<FormatFunction> ALL = DatedFunction.all(
            toFileTime(),
            fromFileTime(),
            accountExpires(),
            isNever(),
            toGeneralizedTime(),
            fromGeneralizedTime(),
            fromEpoch("fromEpochSeconds", "seconds", 1),
            fromEpoch("fromEpochMillis", "milliseconds", 1000));

    /** Seconds from 1601 to 1970. */
    private static final long EPOCH = 11_644_473_600L;

    private static final long NEVER = Long.MAX_VALUE;
    private static final DateTimeFormatter GENERALIZED = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private TimeFunctions() {}

    private static FunctionDeclaration.Builder named(String name) {
        return FunctionDeclaration.named(name).group("Times of directories");
    }

    private static long fileTime(Instant instant) {
        try {
            return Math.addExact(
                    Math.multiplyExact(Math.addExact(instant.getEpochSecond(), EPOCH), 10_000_000L),
                    instant.getNano() / 100L);
        } catch (ArithmeticException e) {
            throw FormatException.of("bad-date", "the time is outside of what a file time can hold");
        }
    }

    private static FormatFunction toFileTime() {
        return named("toFileTime")
                .documentation(
                        "A date or time as Active Directory numbers it: units of 100 ns since 1601. A date alone is"
                                + " its start in the zone named or the configured one.")
                .alsoKnownAs("Entra NumFromDate")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("toFileTime('2020-12-31T23:59:59Z')", "132539327990000000")
                .as(arguments -> Value.of(fileTime(arguments.date(0).instant(arguments.zone(1)))));
    }

    private static FormatFunction fromFileTime() {
        return named("fromFileTime")
                .documentation("The instant of a file time; absent for 0 and 9223372036854775807, which mean never.")
                .alsoKnownAs("Entra DateFromNum")
                .parameter(Parameter.of("number", INTEGER))
                .example("fromFileTime(132539327990000000)", "'2020-12-31T23:59:59Z'")
                .example("fromFileTime('9223372036854775807')", "skip()")
                .as(arguments -> {
                    long number = arguments.integer(0);
                    if (number == 0 || number == NEVER) {
                        return Value.absent();
                    }
                    return Value.of(Instant.ofEpochSecond(
                                    Math.floorDiv(number, 10_000_000L) - EPOCH,
                                    Math.floorMod(number, 10_000_000L) * 100)
                            .toString());
                });
    }

    private static FormatFunction accountExpires() {
        return named("accountExpires")
                .documentation(
                        "The file time at which an account ends whose last day is given: the next midnight in the zone"
                                + " named or the configured one. A time is taken as it is.")
                .parameter(Parameter.of("lastDay", DATE))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("accountExpires('2020-12-31') == toFileTime('2021-01-01')", "true")
                .as(arguments -> {
                    Moment moment = arguments.date(0);
                    ZoneId zone = arguments.zone(1);
                    return Value.of(fileTime(
                            moment.isDate()
                                    ? moment.date(zone)
                                            .plusDays(1)
                                            .atStartOfDay(zone)
                                            .toInstant()
                                    : moment.instant(zone)));
                });
    }

    private static FormatFunction isNever() {
        return named("isNever")
                .documentation("Whether a value of accountExpires means never: 0 or 9223372036854775807.")
                .parameter(Parameter.of("number", INTEGER))
                .example("isNever(0)", "true")
                .example("isNever(132539327990000000)", "false")
                .as(arguments -> Value.of(arguments.integer(0) == 0 || arguments.integer(0) == NEVER));
    }

    private static FormatFunction toGeneralizedTime() {
        return named("toGeneralizedTime")
                .documentation(
                        "A date or time as LDAP's GeneralizedTime in UTC. A date alone is its start in the zone named"
                                + " or the configured one.")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("toGeneralizedTime('2026-11-23T10:15:30Z')", "'20261123101530.0Z'")
                .as(arguments -> Value.of(GENERALIZED.format(arguments.date(0).instant(arguments.zone(1))) + ".0Z"));
    }

    private static FormatFunction fromGeneralizedTime() {
        return named("fromGeneralizedTime")
                .documentation("The instant of an LDAP GeneralizedTime in UTC.")
                .parameter(Parameter.of("text", TEXT))
                .example("fromGeneralizedTime('20261123101530.0Z')", "'2026-11-23T10:15:30Z'")
                .example("fromGeneralizedTime('20261123101530Z')", "'2026-11-23T10:15:30Z'")
                .example("fromGeneralizedTime('20260231000000Z')", "error: bad-date")
                .as(arguments -> {
                    String text = arguments.text(0).strip();
                    if (!text.matches("[0-9]{14}([.,][0-9]{1,9})?Z")) {
                        throw noGeneralizedTime(text);
                    }
                    try {
                        return Value.of(Instant.from(GENERALIZED.parse(text.substring(0, 14)))
                                .toString());
                    } catch (DateTimeException e) {
                        throw noGeneralizedTime(text);
                    }
                });
    }

    private static FormatException noGeneralizedTime(String text) {
        return FormatException.of(
                "bad-date", "'" + IsoMoment.shown(text) + "' is no GeneralizedTime in UTC, such as 20261123101530Z");
    }

    private static FormatFunction fromEpoch(String name, String unit, long perSecond) {
        return named(name)
                .documentation("The instant so many " + unit + " after the beginning of 1970.")
                .parameter(Parameter.of("number", INTEGER))
                .example(name + "(" + 1606126530L * perSecond + ")", "'2020-11-23T10:15:30Z'")
                .as(arguments -> {
                    BigInteger[] parts =
                            BigInteger.valueOf(arguments.integer(0)).divideAndRemainder(BigInteger.valueOf(perSecond));
                    try {
                        return Value.of(Instant.ofEpochSecond(parts[0].longValueExact())
                                .plusMillis(perSecond == 1 ? 0 : parts[1].longValueExact())
                                .toString());
                    } catch (DateTimeException e) {
                        throw FormatException.of("bad-date", "the number is no time");
                    }
                });
    }
}
