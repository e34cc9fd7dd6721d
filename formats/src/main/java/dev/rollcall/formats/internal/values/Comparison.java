package dev.rollcall.formats.internal.values;

import dev.rollcall.connector.Value;
import dev.rollcall.formats.function.Truth;
import java.math.BigDecimal;

/** How two values compare. Stateless, and thus thread-safe. */
public final class Comparison {
    private Comparison() {}

    /** Whether two values that are not nothing are equal. */
    public static boolean equal(Value left, Value right) {
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            return a.value().equals(b.value());
        }
        Value a = Values.single(Values.plain(left));
        Value b = Values.single(Values.plain(right));
        if (a instanceof Value.Bool || b instanceof Value.Bool) {
            Truth first = Values.truthOrNull(Values.text(a));
            return first != null && first == Values.truthOrNull(Values.text(b));
        } else if (a instanceof Value.Num || b instanceof Value.Num) {
            BigDecimal first = Values.numberOrNull(Values.text(a));
            BigDecimal second = Values.numberOrNull(Values.text(b));
            if (first != null && second != null) {
                return first.compareTo(second) == 0;
            }
        } else if (a.getClass() == b.getClass()) {
            return a.equals(b);
        }
        // A text is never an object: who compares the two, say after a join, meant one of its fields.
        return Values.text(a).equals(Values.text(b));
    }

    /** The order of two values: numbers by size if both are, else texts by code point. */
    public static int compare(Value left, Value right) {
        Value a = Values.single(Values.plain(left));
        Value b = Values.single(Values.plain(right));
        String first = Values.text(a);
        String second = Values.text(b);
        if (a instanceof Value.Num || b instanceof Value.Num) {
            BigDecimal firstNumber = Values.numberOrNull(first);
            BigDecimal secondNumber = Values.numberOrNull(second);
            if (firstNumber != null && secondNumber != null) {
                return firstNumber.compareTo(secondNumber);
            }
        }
        return codePoints(first, second);
    }

    private static int codePoints(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int first = a.codePointAt(i);
            int second = b.codePointAt(i);
            if (first != second) {
                return Integer.compare(first, second);
            }
            i += Character.charCount(first);
        }
        return Integer.compare(a.length(), b.length());
    }
}
