package dev.rollcall.rest.internal.joins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideListTest {
    private static Value.Fields row(int i) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("n", new Value.Num(i + ".50"));
        fields.put("half", Value.of("half a character: \ud83d"));
        fields.put("text", Value.of("Zoë 𝄞 " + "x".repeat(i % 300)));
        fields.put("empty", Value.of(""));
        fields.put("null", Value.ofNull());
        fields.put("flag", Value.of(i % 2 == 0));
        fields.put("unknown", new Value.Unknown("why"));
        fields.put("list", Value.of(List.of(Value.of("a"), Value.of(List.of()), new Value.Bytes(new byte[] {1, 2}))));
        return Value.of(fields);
    }

    @Test
    void rows_come_back_as_they_were_from_memory() {
        try (SideList list = new SideList("rows", SideList.MEMORY_BYTES)) {
            list.add("1", row(1));

            assertThat(list.rows("1")).containsExactly(row(1));
            assertThat(list.rows("2")).isEmpty();
            assertThat(list.spooledBytes()).isZero();
        }
    }

    @Test
    void rows_beyond_the_size_come_back_as_they_were_from_a_file() {
        try (SideList list = new SideList("rows", 10_000)) {
            for (int i = 0; i < 5000; i++) {
                list.add("key" + i, row(i));
            }
            list.add("large", Value.of(Map.of("text", Value.of("y".repeat(200_000)))));
            list.add("key7", row(8));

            assertThat(list.spooledBytes()).isGreaterThan(1_000_000);
            for (int i = 4999; i > 10; i--) {
                assertThat(list.rows("key" + i)).containsExactly(row(i));
            }
            assertThat(list.rows("key7")).containsExactly(row(7), row(8));
            assertThat(list.rows("large").get(0).toString()).hasSizeGreaterThan(200_000);
        }
    }

    @Test
    void rows_can_be_added_and_read_after_the_thread_was_interrupted() {
        try (SideList list = new SideList("rows", 0)) {
            list.add("before", row(1));
            assertThat(list.rows("before")).containsExactly(row(1));

            Thread.currentThread().interrupt();
            list.add("after", row(2));
            list.add("large", Value.of(Map.of("text", Value.of("y".repeat(200_000)))));

            assertThat(list.rows("before")).containsExactly(row(1));
            assertThat(list.rows("after")).containsExactly(row(2));
            assertThat(list.rows("large").get(0).toString()).hasSizeGreaterThan(200_000);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}
