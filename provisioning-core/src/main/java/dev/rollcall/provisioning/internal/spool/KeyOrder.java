package dev.rollcall.provisioning.internal.spool;

import java.util.Comparator;

/** The order of primary keys: numbers by value and before texts, texts by character. Immutable and thread-safe. */
public final class KeyOrder implements Comparator<String> {
    public static final KeyOrder INSTANCE = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        if (number) {
            int zeros = zeros(one);
            int otherZeros = zeros(other);
            int byLength = Integer.compare(one.length() - zeros, other.length() - otherZeros);
            int byValue = byLength != 0 ? byLength : one.substring(zeros).compareTo(other.substring(otherZeros));
            if (byValue != 0) {
                return byValue;
            }
        }
        return one.compareTo(other);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int zeros(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros;
    }
}
