package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static long of(Object... columns) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            fields.put((String) columns[i], columns[i + 1]);
        }
        return Fingerprint.of(List.of(UserRecord.of(fields)));
    }

    @Test
    void is_the_same_for_the_same_columns_in_any_order() {
        assertThat(of("id", 1, "name", "Ada")).isEqualTo(of("name", "Ada", "id", 1));
    }

    @Test
    void tells_texts_apart_that_share_a_hash_code() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(of("name", "Aa")).isNotEqualTo(of("name", "BB"));
    }

    @Test
    void tells_values_apart_that_look_alike() {
        Set<Long> seen = new HashSet<>(List.of(
                of("a", 1),
                of("a", "1"),
                of("a", true),
                of("a", "true"),
                of("a", ""),
                of("a", List.of()),
                of("a", Map.of()),
                of("a", List.of("1")),
                of("a", Map.of("b", 1)),
                of("a", new byte[] {1}),
                of("a", Value.ofNull()),
                of("a", Value.absent()),
                of("a", Value.unknown("why")),
                of("b", 1),
                of()));

        assertThat(seen).hasSize(15);
    }

    @Test
    void tells_a_hundred_thousand_people_with_small_numbers_apart() {
        Set<Long> seen = new HashSet<>();
        for (int id = 0; id < 400; id++) {
            for (int manager = 0; manager < 250; manager++) {
                seen.add(of("id", id, "manager", manager));
            }
        }

        assertThat(seen).hasSize(100_000);
    }

    /** As two texts that are the same in a record cancel each other out in the hash code of a map. */
    @Test
    void tells_accounts_and_other_items_apart_whose_names_are_their_ids() {
        Set<Long> accounts = new HashSet<>();
        Set<Long> maps = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String id = "p%06d".formatted(i);
            accounts.add(Fingerprint.of(List.of(Account.of(id, id, true, Map.of("userName", List.of(id))))));
            maps.add(Fingerprint.of(List.of(Map.of("id", id, "userName", id, "active", "true"))));
        }

        assertThat(accounts).hasSize(100_000);
        assertThat(maps).hasSize(100_000);
    }

    @Test
    void minds_the_order_of_items() {
        assertThat(Fingerprint.of(List.of("a", "b"))).isNotEqualTo(Fingerprint.of(List.of("b", "a")));
    }

    @Test
    void of_a_large_page_looks_at_its_first_and_last_item_and_its_size() {
        List<Integer> page = IntStream.range(0, 1000).boxed().toList();
        List<Integer> otherEnd = new ArrayList<>(page);
        otherEnd.set(999, -1);
        List<Integer> otherStart = new ArrayList<>(page);
        otherStart.set(0, -1);

        assertThat(Fingerprint.ofPage(page))
                .isEqualTo(Fingerprint.ofPage(new ArrayList<>(page)))
                .isNotEqualTo(Fingerprint.ofPage(page.subList(0, 999)))
                .isNotEqualTo(Fingerprint.ofPage(otherEnd))
                .isNotEqualTo(Fingerprint.ofPage(otherStart));
    }
}
