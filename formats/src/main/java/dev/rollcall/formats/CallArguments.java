package dev.rollcall.formats;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Arguments;
import dev.rollcall.formats.function.Moment;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.formats.internal.values.IsoMoment;
import dev.rollcall.formats.internal.values.Values;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The arguments of one call while it is evaluated. Not thread-safe: for one thread at a time. */
final class CallArguments implements Arguments {
    private final Frame frame;
    private final CallNode call;
    private final @Nullable Value[] values;
    private @Nullable Value unknown;
    private boolean sensitive;
    private int drawn;

    CallArguments(Frame frame, CallNode call, @Nullable Value[] values, boolean sensitive) {
        this.frame = frame;
        this.call = call;
        this.values = values;
        this.sensitive = sensitive;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public boolean has(int index) {
        return index < values.length;
    }

    @Override
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

    @Override
    public String text(int index) {
        return Values.text(value(index));
    }

    @Override
    public String text(int index, String otherwise) {
        return has(index) ? text(index) : otherwise;
    }

    @Override
    public long integer(int index) {
        return Values.integer(value(index));
    }

    @Override
    public long integer(int index, long otherwise) {
        return has(index) ? integer(index) : otherwise;
    }

    @Override
    public int count(int index) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, integer(index)));
    }

    @Override
    public BigDecimal number(int index) {
        return Values.number(value(index));
    }

    @Override
    public Truth truth(int index) {
        return Values.truth(value(index));
    }

    @Override
    public boolean isTrue(int index) {
        return has(index) && truth(index) == Truth.TRUE;
    }

    @Override
    public List<Value> list(int index) {
        return Values.list(value(index));
    }

    @Override
    public Moment date(int index) {
        return IsoMoment.read(text(index));
    }

    @Override
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

    @Override
    public Clock clock() {
        frame.contextual = true;
        return frame.evaluation.clock();
    }

    @Override
    public ZoneId zone() {
        frame.contextual = true;
        return frame.evaluation.zone();
    }

    @Override
    public ZoneId zone(int index) {
        String named = text(index, "");
        return named.isBlank() ? zone() : IsoMoment.zone(named);
    }

    @Override
    public RandomGenerator random() {
        frame.contextual = true;
        long place = frame.salt * 31 + call.at();
        // Two seeds beside each other, taken as they are, would give one sequence, from its first or its second number
        // on.
        long seed = new SplittableRandom(frame.evaluation.seed()).nextLong();
        return new SplittableRandom(seed + place * 0xD1342543DE82EF95L + drawn++);
    }

    @Override
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
