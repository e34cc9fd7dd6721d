package dev.rollcall.formats;

import static dev.rollcall.formats.Parameter.Kind.DATE;
import static dev.rollcall.formats.Parameter.Kind.TEXT;

import dev.rollcall.connector.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** Functions of dates; a date without a time stays one. Immutable and thread-safe. */
final class DateFunctions {
    private static final String GROUP = "Dates";

    private DateFunctions() {}

    static final List<FormatFunction> ALL = List.of(date(), now(), today());

    private static FormatFunction date() {
        return FunctionDeclaration.named("date")
                .group(GROUP)
                .documentation("Writes a date or time by a pattern of java.time, in a zone if one is named.")
                .alsoKnownAs("Entra FormatDateTime")
                .parameter(Parameter.of("date", DATE))
                .parameter(Parameter.of("pattern", TEXT))
                .parameter(Parameter.of("zone", TEXT).optional())
                .example("date('2026-11-23', 'dd.MM.yyyy')", "'23.11.2026'")
                .example("date('2026-11-23T23:30:00Z', 'yyyy-MM-dd', 'Pacific/Auckland')", "'2026-11-24'")
                .as(arguments -> {
                    try {
                        return Value.of(Moment.pattern(arguments.text(1))
                                .format(arguments.date(0).in(arguments.zone(2))));
                    } catch (DateTimeException e) {
                        throw FormatException.of("bad-pattern", "the date cannot be written by this pattern");
                    }
                });
    }

    private static FormatFunction now() {
        return FunctionDeclaration.named("now")
                .group(GROUP)
                .documentation("Gives the time of the run, in UTC.")
                .contextual()
                .as(arguments -> Value.of(arguments.clock().instant().toString()));
    }

    private static FormatFunction today() {
        return FunctionDeclaration.named("today")
                .group(GROUP)
                .documentation("Gives the date of the run, in a zone if one is named.")
                .parameter(Parameter.of("zone", TEXT).optional())
                .contextual()
                .as(arguments -> Value.of(LocalDate.ofInstant(arguments.clock().instant(), arguments.zone(0))
                        .toString()));
    }
}
