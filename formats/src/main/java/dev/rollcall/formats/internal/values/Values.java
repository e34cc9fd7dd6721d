package dev.rollcall.formats.internal.values;

import dev.rollcall.connector.Secret;
import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.FormatException;
import dev.rollcall.formats.function.Truth;
import dev.rollcall.formats.internal.source.Limits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a value is read as what a place needs. Immutable and thread-safe. */
public final class Values {
    public static final Value EMPTY = Value.of("");

    private Values() {}

    /** Whether this is no value at all: absent, null or unknown, but not the empty text. */
    public static boolean isNothing(Value value) {
        return value instanceof Value.Absent || value instanceof Value.Null || value instanceof Value.Unknown;
    }

    /** Of two values of which at least one is nothing or empty, what stands for both: unknown before absent before null. */
    public static Value worse(@Nullable Value first, Value second) {
        return first == null || rank(second) > rank(first) ? second : first;
    }

    private static int rank(Value value) {
        if (value instanceof Value.Unknown) {
            return 3;
        } else if (value instanceof Value.Absent) {
            return 2;
        }
        return value instanceof Value.Null ? 1 : 0;
    }

    /** A list of one is the one, an empty list the empty text; anything else as it is. */
    public static Value single(Value value) {
        if (value instanceof Value.Items items) {
            if (items.items().size() == 1) {
                return single(items.items().get(0));
            } else if (items.items().isEmpty()) {
                return EMPTY;
            }
            throw FormatException.of(
                    "not-single",
                    "expected a single value, found a list of " + items.items().size(),
                    "take one with first, last or item, or all with join");
        }
        return value;
    }

    public static String text(Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        Value single = single(value);
        if (single instanceof Value.Sensitive sensitive) {
            return sensitive.secret().reveal();
        }
        String text = single.text().orElse(null);
        if (text == null) {
            throw FormatException.of(
                    "not-text",
                    "expected a text, found " + kind(single),
                    single instanceof Value.Fields
                            ? "name one of its fields, such as record.manager.id"
                            : "make it a text with a function");
        }
        return text;
    }

    public static BigDecimal number(Value value) {
        String text = text(value).strip();
        BigDecimal number = numberOrNull(text);
        if (number == null) {
            throw FormatException.of("not-a-number", "expected a number, found a text that is none");
        }
        return number;
    }

    /** Only plain numbers of reasonable size: 1e999999999 would fill the memory when written out. */
    static @Nullable BigDecimal numberOrNull(String text) {
        if (text.isEmpty() || text.length() > 400 || "-+.0123456789".indexOf(text.charAt(0)) < 0) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > 400 ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static BigInteger bigInteger(Value value) {
        BigDecimal number = number(value);
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw FormatException.of("not-an-integer", "expected a whole number");
        }
    }

    public static long integer(Value value) {
        // Counts and positions, which most integers are, need no great arithmetic.
        if (value instanceof Value.Num number && number.literal().length() < 10) {
            try {
                return Integer.parseInt(number.literal());
            } catch (NumberFormatException e) {
                // It has a fraction or an exponent.
            }
        }
        try {
            return bigInteger(value).longValueExact();
        } catch (ArithmeticException e) {
            throw FormatException.of("not-an-integer", "expected a whole number of at most 64 bits");
        }
    }

    public static Truth truth(Value value) {
        if (value instanceof Value.Bool bool) {
            return Truth.of(bool.value());
        }
        Value single = single(plain(value));
        if (single instanceof Value.Bool bool) {
            return Truth.of(bool.value());
        } else if (single.isEmpty()) {
            return Truth.UNKNOWN;
        }
        Truth truth = truthOrNull(single.text().orElse(""));
        if (truth == null) {
            throw FormatException.of(
                    "not-a-condition",
                    "expected true or false, found " + (single.text().isPresent() ? "another text" : kind(single)),
                    "compare it with something, or ask whether it is present");
        }
        return truth;
    }

    static @Nullable Truth truthOrNull(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Truth.TRUE;
            case "false", "no", "0" -> Truth.FALSE;
            default -> null;
        };
    }

    public static List<Value> list(Value value) {
        if (value instanceof Value.Items items) {
            return items.items();
        }
        return isNothing(value) ? List.of() : List.of(value);
    }

    public static Value list(List<Value> items) {
        if (items.size() > Limits.ITEMS) {
            throw FormatException.of("too-long", "the list would have more than " + Limits.ITEMS + " items");
        }
        return Value.of(items);
    }

    /** What a value is that has no text, for a person to read. */
    private static String kind(Value value) {
        if (value instanceof Value.Fields) {
            return "an object";
        }
        return value instanceof Value.Bytes ? "bytes" : "nothing";
    }

    public static boolean isSensitive(Value value) {
        if (value instanceof Value.Sensitive) {
            return true;
        } else if (value instanceof Value.Items items) {
            for (Value item : items.items()) {
                if (isSensitive(item)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The value, with the texts of sensitive ones in their place. */
    public static Value plain(Value value) {
        if (value instanceof Value.Sensitive sensitive) {
            return Value.of(sensitive.secret().reveal());
        } else if (value instanceof Value.Items items && isSensitive(value)) {
            List<Value> plain = new ArrayList<>();
            items.items().forEach(item -> plain.add(plain(item)));
            return Value.of(plain);
        }
        return value;
    }

    /** The value, with sensitive texts in place of texts and numbers. */
    public static Value hide(Value value) {
        if (value instanceof Value.Text || value instanceof Value.Num) {
            return sensitive(value.text().orElseThrow());
        } else if (value instanceof Value.Items items) {
            List<Value> hidden = new ArrayList<>();
            items.items().forEach(item -> hidden.add(hide(item)));
            return Value.of(hidden);
        } else if (value instanceof Value.Fields fields) {
            Map<String, Value> hidden = new LinkedHashMap<>();
            fields.asMap().forEach((name, field) -> hidden.put(name, hide(field)));
            return Value.of(hidden);
        }
        return value;
    }

    public static Value sensitive(String text) {
        return Value.of(Secret.of(text));
    }
}
