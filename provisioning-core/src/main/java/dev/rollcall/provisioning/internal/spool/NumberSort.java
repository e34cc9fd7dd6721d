package dev.rollcall.provisioning.internal.spool;

import java.util.function.IntBinaryOperator;

/**
 * Sorts numbers by what they stand for, stably, in eight bytes for each. What is in order already is found out by one
 * comparison a number: items that lie in a file come nearly sorted. Immutable and thread-safe.
 */
public final class NumberSort {
    private NumberSort() {}

    /**
     * {@return the numbers below {@code size} in the order of what they stand for}
     *
     * @param order compares what two numbers stand for
     */
    public static int[] sorted(int size, IntBinaryOperator order) {
        int[] numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i;
        }
        return sorted(numbers, order);
    }

    /** {@return these numbers in order; the array itself may be sorted} */
    public static int[] sorted(int[] numbers, IntBinaryOperator order) {
        int[] from = numbers;
        int[] to = null;
        while (true) {
            int first = runEnd(from, 0, order);
            if (first == from.length) {
                return from;
            }
            to = to == null ? new int[from.length] : to;
            int start = 0;
            while (start < from.length) {
                int middle = start == 0 ? first : runEnd(from, start, order);
                int end = middle == from.length ? middle : runEnd(from, middle, order);
                merge(from, start, middle, end, to, order);
                start = end;
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
    }

    /** Where the numbers that begin here and are in order end. */
    private static int runEnd(int[] numbers, int start, IntBinaryOperator order) {
        int end = Math.min(start + 1, numbers.length);
        while (end < numbers.length && order.applyAsInt(numbers[end - 1], numbers[end]) <= 0) {
            end++;
        }
        return end;
    }

    private static void merge(int[] from, int start, int middle, int end, int[] to, IntBinaryOperator order) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takesLeft = right == end || (left < middle && order.applyAsInt(from[left], from[right]) <= 0);
            to[at] = takesLeft ? from[left++] : from[right++];
        }
    }
}
