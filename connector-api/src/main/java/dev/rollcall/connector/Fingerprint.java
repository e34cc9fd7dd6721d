package dev.rollcall.connector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * 64 bits that tell values apart. Java's own hash codes do not: they have 32 bits, and those of an object's fields are
 * added up, so that people who differ in two small numbers easily share one. Thread-safe.
 */
final class Fingerprint {
    private static final long START = 0x9E3779B97F4A7C15L;

    private static final int SAMPLES = 16;

    private Fingerprint() {}

    /**
     * {@return the fingerprint of a page: its size and, evenly spread, at most {@value #SAMPLES} of its items}
     *
     * <p>Looking at every value of a large page takes as long as a third of parsing it, and pages that agree in so many
     * items at the same places do not differ in the others.
     */
    static long ofPage(List<?> items) {
        if (items.size() <= SAMPLES) {
            return of(items);
        }
        long hash = mix(START, items.size());
        for (int i = 0; i < SAMPLES; i++) {
            int at = (int) ((long) i * (items.size() - 1) / (SAMPLES - 1));
            hash = mix(hash, of(items.subList(at, at + 1)));
        }
        return hash;
    }

    /** {@return the fingerprint of items in this order} */
    static long of(List<?> items) {
        long hash = mix(START, items.size());
        for (Object item : items) {
            hash = mix(hash, ofItem(item));
        }
        return hash;
    }

    private static long ofItem(Object item) {
        if (item instanceof UserRecord user) {
            return of(user.fields());
        } else if (item instanceof Value value) {
            return of(value);
        } else if (item instanceof Account account) {
            return mix(text(8, account.id()), of(Value.from(account.attributes())));
        }
        // The hash code of JSON nodes and records is as weak as that of maps; their string has all that they hold.
        return mix(text(9, item.toString()), item.hashCode());
    }

    /** {@return the fingerprint of one value} */
    static long of(Value value) {
        if (value instanceof Value.Text text) {
            return text(1, text.value());
        } else if (value instanceof Value.Num number) {
            return text(2, number.literal());
        } else if (value instanceof Value.Items list) {
            return mix(3, of(list.items()));
        } else if (value instanceof Value.Fields fields) {
            // The order of fields means nothing, so each is mixed well before all are added up.
            long sum = fields.asMap().size();
            for (Map.Entry<String, Value> field : fields.asMap().entrySet()) {
                sum += mix(text(4, field.getKey()), of(field.getValue()));
            }
            return mix(5, sum);
        } else if (value instanceof Value.Bytes bytes) {
            return mix(6, Arrays.hashCode(bytes.content()));
        }
        return mix(7, value.hashCode()) ^ value.getClass().getName().hashCode();
    }

    private static long text(long kind, String text) {
        long hash = START ^ kind;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash, text.length());
    }

    private static long mix(long hash, long with) {
        long mixed = (hash ^ with) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
