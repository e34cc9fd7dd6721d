package dev.rollcall.provisioning.internal.source;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** User records as bytes, column names as numbers. Not thread-safe: for one thread at a time, but for decoding. */
public final class RecordCodec {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    public byte[] encode(UserRecord record) {
        ItemWriter out =
                new ItemWriter().text(record.origin()).text(record.fault().orElse(null));
        write(out, record.fields());
        return out.item();
    }

    public UserRecord decode(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        String origin = in.text();
        String fault = in.textOrNull();
        UserRecord record = UserRecord.of((Value.Fields) read(in)).from(origin);
        return fault == null ? record : record.faulty(fault);
    }

    private void write(ItemWriter out, Value value) {
        if (value instanceof Value.Text text) {
            out.octet('t').text(text.value());
        } else if (value instanceof Value.Num number) {
            out.octet('d').text(number.literal());
        } else if (value instanceof Value.Null) {
            out.octet('n');
        } else if (value instanceof Value.Bool bool) {
            out.octet(bool.value() ? '1' : '0');
        } else if (value instanceof Value.Items items) {
            out.octet('l').number(items.items().size());
            for (Value item : items.items()) {
                write(out, item);
            }
        } else if (value instanceof Value.Fields fields) {
            out.octet('o').number(fields.asMap().size());
            for (Map.Entry<String, Value> field : fields.asMap().entrySet()) {
                out.number(number(field.getKey()));
                write(out, field.getValue());
            }
        } else if (value instanceof Value.Absent) {
            out.octet('a');
        } else if (value instanceof Value.Unknown unknown) {
            out.octet('u').text(unknown.reason());
        } else if (value instanceof Value.Bytes binary) {
            out.octet('b').bytes(binary.content());
        } else {
            // A secret is never part of a user record, and least of all of a file.
            throw new IllegalArgumentException("a user record cannot hold " + value);
        }
    }

    private Value read(ItemReader in) {
        int tag = in.octet();
        return switch (tag) {
            case 'n' -> Value.ofNull();
            case 'a' -> Value.absent();
            case 'u' -> Value.unknown(in.text());
            case 't' -> Value.of(in.text());
            case 'd' -> new Value.Num(in.text());
            case '1' -> Value.of(true);
            case '0' -> Value.of(false);
            case 'b' -> new Value.Bytes(in.bytes());
            case 'l' -> {
                int count = in.number();
                List<Value> items = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    items.add(read(in));
                }
                yield Value.of(items);
            }
            case 'o' -> {
                Value.Fields.Builder fields = Value.Fields.builder();
                for (int left = in.number(); left > 0; left--) {
                    fields.add(names.get(in.number()), read(in));
                }
                yield fields.build();
            }
            default -> throw new IllegalStateException("a spooled record cannot be read back");
        };
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unknown -> {
            names.add(unknown);
            return names.size() - 1;
        });
    }
}
