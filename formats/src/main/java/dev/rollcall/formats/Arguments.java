package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, by index from 0, read as the type the function needs; what cannot be read so is a
 * {@link FormatException}. Not thread-safe: for one thread at a time.
 */
public final class Arguments {
    private final Frame frame;
    private final CallNode call;
    private final @Nullable Value[] values;
    private @Nullable Value unknown;
    private boolean sensitive;
    private int drawn;

    Arguments(Frame frame, CallNode call, @Nullable Value[] values, boolean sensitive) {
        this.frame = frame;
        this.call = call;
        this.values = values;
        this.sensitive = sensitive;
    }

    /** {@return how many arguments there are} */
    public int size() {
        return values.length;
    }

    /** {@return whether there is an argument at this index} */
    public boolean has(int index) {
        return index < values.length;
    }

    /** {@return the argument as it is; evaluated now, if its parameter is lazy} */
    public Value value(int index) {
        Value value = values[index];
        if (value == null) {
            value = plain(call.argument(index).evaluate(frame));
            values[index] = value;
            if (value instanceof Value.Unknown && unknown == null) {
                unknown = value;
            }
        }
        return value;
    }

    /** {@return the argument as a text} */
    public String text(int index) {
        return Values.text(value(index));
    }

    /** {@return the argument as a text, or another one if it was left out} */
    public String text(int index, String otherwise) {
        return has(index) ? text(index) : otherwise;
    }

    /** {@return the argument as a whole number} */
    public long integer(int index) {
        return Values.integer(value(index));
    }

    /** {@return the argument as a whole number, or another one if it was left out} */
    public long integer(int index, long otherwise) {
        return has(index) ? integer(index) : otherwise;
    }

    /** {@return the argument as a whole number that fits a count or an index, clamped to it} */
    public int count(int index) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, integer(index)));
    }

    /** {@return the argument as a number} */
    public BigDecimal number(int index) {
        return Values.number(value(index));
    }

    /** {@return the argument as a truth: unknown if it is absent, null, blank or unknown} */
    public Truth truth(int index) {
        return Values.truth(value(index));
    }

    /** {@return whether the argument was given and is true} */
    public boolean isTrue(int index) {
        return has(index) && truth(index) == Truth.TRUE;
    }

    /** {@return the argument as a list; a single value is a list of one, nothing is the empty one} */
    public List<Value> list(int index) {
        return Values.list(value(index));
    }

    /** {@return the argument as a date or a time} */
    public Moment date(int index) {
        return Moment.read(text(index));
    }

    /** {@return a lazy argument, evaluated with this item as {@code it}} */
    public Value each(int index, Value item) {
        frame.step();
        Value before = frame.item;
        frame.item = item;
        try {
            Value value = plain(call.argument(index).evaluate(frame));
            if (value instanceof Value.Unknown && unknown == null) {
                unknown = value;
            }
            return value;
        } finally {
            frame.item = before;
        }
    }

    /** {@return the clock} */
    public Clock clock() {
        return frame.evaluation.clock();
    }

    /** {@return the zone of dates that name none} */
    public ZoneId zone() {
        return frame.evaluation.zone();
    }

    /** {@return the zone that an argument names, or the evaluation's if it was left out} */
    public ZoneId zone(int index) {
        return has(index) ? Moment.zone(text(index)) : zone();
    }

    /** {@return random numbers, the same for the same seed, format and place in it} */
    public RandomGenerator random() {
        long place = frame.salt * 31 + call.at();
        // Two seeds beside each other, taken as they are, would give one sequence, from its first or its second number
        // on.
        long seed = new SplittableRandom(frame.evaluation.seed()).nextLong();
        return new SplittableRandom(seed + place * 0xD1342543DE82EF95L + drawn++);
    }

    /** Counts a step of work, so that no format runs for long. */
    public void step() {
        frame.step();
    }

    @Nullable
    Value unknown() {
        return unknown;
    }

    boolean isSensitive() {
        return sensitive;
    }

    List<Value> evaluated() {
        List<Value> known = new java.util.ArrayList<>(values.length);
        for (Value value : values) {
            if (value != null) {
                known.add(value);
            }
        }
        return known;
    }

    private Value plain(Value value) {
        if (Values.isSensitive(value)) {
            sensitive = true;
            return Values.plain(value);
        }
        return value;
    }
}
