package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSortTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 1000, 4097})
    void sorts_stably_as_the_platform_does_seed_31(int size) {
        Random random = new Random(31);
        int[] values = random.ints(size, 0, Math.max(1, size / 3)).toArray();
        Integer[] expected = new Integer[size];
        Arrays.setAll(expected, i -> i);
        Arrays.sort(expected, Comparator.comparing(i -> values[i]));

        int[] sorted = NumberSort.sorted(size, (one, other) -> Integer.compare(values[one], values[other]));

        assertThat(sorted).containsExactly(expected);
    }

    @Test
    void sorts_only_the_numbers_that_are_given() {
        assertThat(NumberSort.sorted(new int[] {7, 3, 9, 3}, Integer::compare)).containsExactly(3, 3, 7, 9);
    }

    @Test
    void compares_what_is_in_order_once() {
        AtomicInteger compared = new AtomicInteger();

        NumberSort.sorted(1000, (one, other) -> {
            compared.incrementAndGet();
            return Integer.compare(one, other);
        });

        assertThat(compared).hasValue(999);
    }
}
