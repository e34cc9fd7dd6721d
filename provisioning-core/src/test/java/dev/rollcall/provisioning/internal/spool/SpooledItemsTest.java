package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpooledItemsTest {
    private int decoded;

    private SpooledItems<String> items(SpoolBudget memory) {
        return new SpooledItems<>(memory, text -> text.getBytes(StandardCharsets.UTF_8), bytes -> {
            decoded++;
            return new String(bytes, StandardCharsets.UTF_8);
        });
    }

    @Test
    void are_listed_as_they_came_and_in_an_order() {
        try (SpooledItems<String> items = items(new SpoolBudget(0))) {
            List.of("pear", "apple", "quince", "fig").forEach(items::add);

            assertThat(items.list()).containsExactly("pear", "apple", "quince", "fig");
            assertThat(items.sorted(Comparator.naturalOrder())).containsExactly("apple", "fig", "pear", "quince");
        }
    }

    @Test
    void are_decoded_when_they_are_asked_for() {
        try (SpooledItems<String> items = items(new SpoolBudget(0))) {
            List.of("pear", "apple", "quince").forEach(items::add);
            List<String> list = items.list();
            assertThat(decoded).isZero();

            assertThat(list.get(2)).isEqualTo("quince");

            assertThat(decoded).isOne();
        }
    }

    @Test
    void that_come_later_are_not_in_a_list_that_was_made_before() {
        try (SpooledItems<String> items = items(new SpoolBudget(0))) {
            items.add("pear");
            List<String> before = items.list();
            items.add("apple");

            assertThat(before).containsExactly("pear");
            assertThatThrownBy(() -> before.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void can_be_read_after_their_memory_was_given_back() {
        SpoolBudget memory = new SpoolBudget(10_000);
        SpooledItems<String> items = items(memory);
        items.add("pear");
        List<String> list = items.list();
        assertThat(memory.left()).isLessThan(10_000);

        items.release();

        assertThat(memory.left()).isEqualTo(10_000);
        assertThat(list).containsExactly("pear");
        assertThatThrownBy(() -> items.add("apple")).isInstanceOf(IllegalStateException.class);
    }
}
