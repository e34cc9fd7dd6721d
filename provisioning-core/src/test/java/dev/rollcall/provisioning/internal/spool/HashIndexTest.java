package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HashIndexTest {
    private static List<Integer> numbers(HashIndex index, String text) {
        List<Integer> numbers = new ArrayList<>();
        index.each(text, numbers::add);
        return numbers;
    }

    @Test
    void finds_every_number_of_a_text_smallest_first_seed_41() {
        Random random = new Random(41);
        HashIndex index = new HashIndex();
        Map<String, List<Integer>> expected = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            String text = "user" + random.nextInt(60_000) + "@example.test";
            int number = random.nextInt(Integer.MAX_VALUE);
            index.put(text, number);
            expected.computeIfAbsent(text, none -> new ArrayList<>()).add(number);
        }
        assertThat(index.size()).isEqualTo(100_000);
        for (int i = 0; i < 61_000; i++) {
            String text = "user" + i + "@example.test";
            List<Integer> sorted = new ArrayList<>(expected.getOrDefault(text, List.of()));
            sorted.sort(null);
            assertThat(numbers(index, text)).as(text).isEqualTo(sorted);
            assertThat(index.mayHave(text)).as(text).isEqualTo(!sorted.isEmpty());
        }
    }

    @Test
    void keeps_a_thousand_numbers_of_one_text() {
        HashIndex index = new HashIndex();
        for (int i = 999; i >= 0; i--) {
            index.put("", i);
        }
        assertThat(numbers(index, "")).hasSize(1000).isSorted();
        assertThat(new TreeSet<>(numbers(index, ""))).hasSize(1000);
    }

    @Test
    void finds_nothing_before_anything_is_put() {
        assertThat(numbers(new HashIndex(), "ada")).isEmpty();
        assertThat(new HashIndex().mayHave("ada")).isFalse();
    }

    @Test
    void of_texts_says_which_were_added_before_seed_42() {
        Random random = new Random(42);
        HashIndex index = HashIndex.ofTexts();
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            String text = "user" + random.nextInt(30_000);
            assertThat(index.add(text)).as(text).isEqualTo(expected.add(text));
        }
        assertThat(index.size()).isEqualTo(expected.size());
        assertThatThrownBy(() -> numbers(index, "user1")).isInstanceOf(IllegalStateException.class);
    }
}
