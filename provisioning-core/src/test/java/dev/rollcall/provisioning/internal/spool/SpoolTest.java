package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.ResourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final long PLENTY = 1L << 30;

    private static List<byte[]> items(long seed, int count, int longest) {
        Random random = new Random(seed);
        List<byte[]> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] item = new byte[random.nextInt(longest)];
            random.nextBytes(item);
            items.add(item);
        }
        return items;
    }

    private static List<Long> append(Spool spool, List<byte[]> items) {
        return items.stream().map(spool::append).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 700, 3 << 10, 100 << 10, 1 << 20, PLENTY})
    void gives_back_every_item_in_order_and_by_place_whatever_is_in_memory_seed_17(long budget) {
        try (Spool spool = new Spool(new SpoolBudget(budget))) {
            List<byte[]> items = new ArrayList<>(items(17, 3000, 2500));
            items.addAll(items(18, 3, 400_000));
            items.addAll(items(19, 200, 3));

            List<Long> places = append(spool, items);

            assertThat(spool.items()).containsExactlyElementsOf(items);
            assertThat(spool.largest())
                    .isEqualTo(
                            items.stream().mapToInt(item -> item.length).max().orElseThrow());
            Random random = new Random(budget);
            for (int i = 0; i < 2000; i++) {
                int one = random.nextInt(items.size());
                assertThat(spool.read(places.get(one))).isEqualTo(items.get(one));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, PLENTY})
    void gives_back_what_was_added_while_it_is_still_written(long budget) {
        try (Spool spool = new Spool(new SpoolBudget(budget))) {
            for (byte[] item : items(20, 5000, 900)) {
                assertThat(spool.read(spool.append(item))).isEqualTo(item);
            }
        }
    }

    @Test
    void keeps_at_most_two_megabytes_in_memory_and_no_large_array() {
        SpoolBudget budget = new SpoolBudget(PLENTY);
        try (Spool spool = new Spool(budget)) {
            long most = 0;
            for (int i = 0; i < 5000; i++) {
                spool.append(new byte[1200]);
                most = Math.max(most, PLENTY - budget.left());
            }
            assertThat(most).isBetween(1L << 20, 2L << 20);
            assertThat(budget.left()).as("what lies in the file takes nothing").isEqualTo(PLENTY);
        }
    }

    @Test
    void shares_its_budget_with_others_and_gives_it_back() {
        SpoolBudget budget = new SpoolBudget(256 << 10);
        List<byte[]> items = items(21, 400, 1000);
        try (Spool one = new Spool(budget);
                Spool other = new Spool(budget)) {
            append(one, items);
            append(other, items);
            assertThat(budget.left()).isBetween(0L, 256L << 10);
            assertThat(one.items()).containsExactlyElementsOf(items);
            assertThat(other.items()).containsExactlyElementsOf(items);
        }
        assertThat(budget.left()).isEqualTo(256 << 10);
    }

    @Test
    void can_be_read_after_its_thread_was_interrupted() {
        try (Spool spool = new Spool(new SpoolBudget(0))) {
            List<byte[]> items = items(22, 300, 3000);
            append(spool, items);
            Thread.currentThread().interrupt();
            assertThat(spool.items()).containsExactlyElementsOf(items);
            spool.append(new byte[100_000]);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(spool.items()).hasSize(301);
        }
    }

    @Test
    void has_no_file_with_a_name() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        long before = spoolFiles(folder);
        try (Spool spool = new Spool(new SpoolBudget(0))) {
            append(spool, items(23, 300, 3000));
            assertThat(spoolFiles(folder)).isEqualTo(before);
        }
    }

    @Test
    void on_a_full_disk_throws_what_to_do_and_can_still_be_read() {
        SpoolDisk disk = new FullDisk(200 << 10);
        try (Spool spool = new Spool(new SpoolBudget(0, disk))) {
            List<byte[]> items = items(24, 1000, 3000);
            List<byte[]> added = new ArrayList<>();

            assertThatThrownBy(() -> items.forEach(item -> {
                        spool.append(item);
                        added.add(item);
                    }))
                    .isInstanceOf(ResourceException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining(disk.folder().toString())
                    .hasMessageContaining("make room there, or set java.io.tmpdir to a folder on another disk");

            assertThat(added).isNotEmpty();
            assertThat(spool.items().limit(added.size())).containsExactlyElementsOf(added);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 200 << 10})
    void of_a_deferring_budget_keeps_everything_on_a_full_disk_and_says_so(long room) {
        SpoolBudget budget = new SpoolBudget(0, new FullDisk(room)).deferring();
        try (Spool spool = new Spool(budget);
                Spool other = new Spool(budget)) {
            List<byte[]> items = new ArrayList<>(items(25, 400, 3000));
            items.addAll(items(26, 2, 300_000));

            List<Long> places = append(spool, items);
            append(other, items);

            assertThat(budget.failure().orElseThrow()).hasMessageContaining("No space left on device");
            assertThat(spool.items()).containsExactlyElementsOf(items);
            assertThat(other.items()).containsExactlyElementsOf(items);
            assertThat(spool.read(places.get(300))).isEqualTo(items.get(300));
        }
    }

    @Test
    void of_a_deferring_budget_has_no_failure_while_the_disk_has_room() {
        SpoolBudget budget = new SpoolBudget(0).deferring();
        try (Spool spool = new Spool(budget)) {
            append(spool, items(27, 400, 3000));
            assertThat(budget.failure()).isEmpty();
        }
    }

    private static long spoolFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool")).count();
        }
    }
}
