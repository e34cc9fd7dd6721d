package dev.rollcall.formats.function;

import dev.rollcall.connector.Value;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The arguments of one call, by index from 0, read as the type the function needs; what cannot be read so is a
 * {@link FormatException}. Not thread-safe: for one thread at a time.
 */
public interface Arguments {
    /** {@return how many arguments there are} */
    int size();

    /** {@return whether there is an argument at this index} */
    boolean has(int index);

    /** {@return the argument as it is; evaluated now, if its parameter is lazy} */
    Value value(int index);

    /** {@return the argument as a text} */
    String text(int index);

    /** {@return the argument as a text, or another one if it was left out} */
    String text(int index, String otherwise);

    /** {@return the argument as a whole number} */
    long integer(int index);

    /** {@return the argument as a whole number, or another one if it was left out} */
    long integer(int index, long otherwise);

    /** {@return the argument as a whole number that fits a count or an index, clamped to it} */
    int count(int index);

    /** {@return the argument as a number} */
    BigDecimal number(int index);

    /** {@return the argument as a truth: unknown if it is absent, null, blank or unknown} */
    Truth truth(int index);

    /** {@return whether the argument was given and is true} */
    boolean isTrue(int index);

    /** {@return the argument as a list; a single value is a list of one, nothing is the empty one} */
    List<Value> list(int index);

    /** {@return the argument as a date or a time} */
    Moment date(int index);

    /** {@return a lazy argument, evaluated with this item as {@code it}} */
    Value each(int index, Value item);

    /** {@return the clock} */
    Clock clock();

    /** {@return the zone of dates that name none} */
    ZoneId zone();

    /** {@return the zone that an argument names, or the evaluation's if it is empty or left out} */
    ZoneId zone(int index);

    /** {@return random numbers, the same for the same seed, format and place in it} */
    RandomGenerator random();

    /** Counts a step of work, so that no format runs for long. */
    void step();
}
