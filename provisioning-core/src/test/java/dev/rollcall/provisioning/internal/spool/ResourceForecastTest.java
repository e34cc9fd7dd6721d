package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ResourceException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResourceForecastTest {
    private static final long MEGABYTE = 1 << 20;

    /** A heap of 64 MB. */
    private static final class StatedHeap implements Heap {
        private final long survived;
        private final OptionalLong live;
        private int collections;

        StatedHeap(long survived, OptionalLong live) {
            this.survived = survived;
            this.live = live;
        }

        @Override
        public long max() {
            return 64 * MEGABYTE;
        }

        @Override
        public long survived() {
            return survived;
        }

        @Override
        public OptionalLong live() {
            collections++;
            return live;
        }
    }

    private final SpoolBudget memory = new SpoolBudget(0);

    @Nested
    class a_heap {
        private static final long OTHERS = 1_000_000;

        /** What remains for a million others, to the byte. */
        private static final long FITS =
                64 * MEGABYTE - OTHERS * ResourceForecast.RECORD_BYTES - ResourceForecast.RESERVE;

        private void read(StatedHeap heap) {
            new ResourceForecast(heap, memory).read(1000, OptionalLong.of(1000 + OTHERS));
        }

        @Test
        void in_which_the_others_do_not_fit_is_refused_with_both_numbers_and_a_setting() {
            StatedHeap heap = new StatedHeap(FITS + 1, OptionalLong.of(FITS + 1));

            assertThatThrownBy(() -> read(heap))
                    .isInstanceOfSatisfying(ResourceException.class, small -> {
                        assertThat(small.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
                        assertThat(small.isRetryable()).isFalse();
                    })
                    .hasMessageContaining("too small for 1001000 people")
                    .hasMessageContaining(
                            "the 1000000 who are still to be read need at least 31 MB, and 31 MB of 64 MB")
                    .hasMessageContaining("-Xmx576m");
        }

        @Test
        void in_which_they_just_fit_is_not_refused() {
            assertThatCode(() -> read(new StatedHeap(FITS, OptionalLong.of(FITS))))
                    .doesNotThrowAnyException();
        }

        @Test
        void that_is_full_of_garbage_is_not_refused() {
            StatedHeap heap = new StatedHeap(63 * MEGABYTE, OptionalLong.of(5 * MEGABYTE));

            assertThatCode(() -> read(heap)).doesNotThrowAnyException();
            assertThat(heap.collections).isEqualTo(1);
        }

        @Test
        void is_collected_only_if_what_survived_leaves_too_little() {
            StatedHeap heap = new StatedHeap(FITS, OptionalLong.of(FITS));

            read(heap);

            assertThat(heap.collections).isZero();
        }

        @Test
        void that_is_close_to_its_limit_is_collected_few_times() {
            StatedHeap heap = new StatedHeap(63 * MEGABYTE, OptionalLong.of(40 * MEGABYTE));
            ResourceForecast forecast = new ResourceForecast(heap, memory);

            for (int read = 1000; read <= 100_000; read += 1000) {
                forecast.read(read, OptionalLong.of(100_000));
            }

            assertThat(heap.collections).isBetween(2, 25);
        }

        @Test
        void of_a_jvm_that_makes_no_collection_when_asked_is_not_refused() {
            assertThatCode(() -> read(new StatedHeap(63 * MEGABYTE, OptionalLong.empty())))
                    .doesNotThrowAnyException();
        }

        @Test
        void with_no_room_for_a_page_is_refused_although_no_total_is_known() {
            StatedHeap heap = new StatedHeap(64 * MEGABYTE - 1000, OptionalLong.of(64 * MEGABYTE - 1000));

            assertThatThrownBy(() -> new ResourceForecast(heap, memory).read(5000, OptionalLong.empty()))
                    .isInstanceOf(ResourceException.class)
                    .hasMessageContaining(
                            "too small for 5000 people: the run needs at least 1024 KB, and 0 KB of 64 MB");
            assertThatThrownBy(() -> new ResourceForecast(heap, memory).goesOn(7000))
                    .isInstanceOf(ResourceException.class);
        }

        @Test
        void of_this_process_says_what_is_live() {
            Heap process = Heap.ofProcess();
            long before = process.live().orElseThrow();
            byte[][] kept = new byte[64][1 << 16];

            assertThat(process.live().orElseThrow() - before).isBetween(3 * MEGABYTE, 5 * MEGABYTE);
            assertThat(process.survived()).isPositive();
            assertThat(kept).hasNumberOfRows(64);
        }
    }

    @Nested
    class a_disk {
        private final StatedHeap heap = new StatedHeap(0, OptionalLong.empty());

        /** Reads ten people of a kilobyte each, and ten whose size is not known yet. */
        private void read(long usable, long total) {
            SpoolBudget budget = new SpoolBudget(0, new FullDisk(usable));
            ResourceForecast forecast = new ResourceForecast(heap, budget);
            forecast.read(10, OptionalLong.of(total));
            budget.append(10 << 10);
            forecast.read(20, OptionalLong.of(total));
        }

        @Test
        void on_which_the_others_do_not_fit_is_refused_with_both_numbers_and_what_to_do() {
            assertThatThrownBy(() -> read(12 * MEGABYTE, 100_020))
                    .isInstanceOf(ResourceException.class)
                    .hasMessageContaining("the 100000 who are still to be read need about 97 MB in")
                    .hasMessageContaining("and 12 MB are usable")
                    .hasMessageContaining("java.io.tmpdir");
        }

        @Test
        void that_may_do_if_the_others_are_smaller_is_not_refused() {
            assertThatCode(() -> read(50 * MEGABYTE, 100_020)).doesNotThrowAnyException();
        }

        @Test
        void that_is_full_is_not_refused_for_few_people_whose_records_stay_in_memory() {
            assertThatCode(() -> read(0, 2000)).doesNotThrowAnyException();
        }
    }
}
