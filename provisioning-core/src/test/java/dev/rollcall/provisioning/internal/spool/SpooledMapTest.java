package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledMapTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 5 << 10, 1 << 30})
    void is_a_map_whatever_is_in_memory_seed_31(long budget) {
        Random random = new Random(31);
        Map<String, String> expected = new HashMap<>();
        try (SpooledMap map = new SpooledMap(new SpoolBudget(budget))) {
            for (int i = 0; i < 20_000; i++) {
                String key = "key" + random.nextInt(3000);
                if (random.nextInt(5) == 0) {
                    expected.remove(key);
                    map.remove(key);
                } else {
                    String value = "uid=" + i + ",ou=people,dc=example,dc=test";
                    expected.put(key, value);
                    map.put(key, value);
                }
            }
            for (int i = 0; i < 3100; i++) {
                String key = "key" + i;
                assertThat(map.get(key).orElse(null)).as(key).isEqualTo(expected.get(key));
                assertThat(map.contains(key)).as(key).isEqualTo(expected.containsKey(key));
            }
        }
    }
}
