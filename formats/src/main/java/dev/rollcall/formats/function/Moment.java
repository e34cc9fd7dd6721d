package dev.rollcall.formats.function;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A date, a local time or an instant, as ISO 8601 writes it. A date alone stays one: it has no hour until a zone is asked
 * for. Immutable and thread-safe.
 */
public interface Moment {
    /** {@return whether this is a date without a time} */
    boolean isDate();

    /** {@return the date, as it stands in the text, or in the zone if the text has an offset} */
    LocalDate date(ZoneId zone);

    /** {@return the time in a zone; a date alone begins at the start of its day there} */
    ZonedDateTime in(ZoneId zone);

    /** {@return the instant, with the zone for what names none} */
    Instant instant(ZoneId zone);

    /** {@return ISO 8601 text, of the same kind as was read} */
    @Override
    String toString();
}
