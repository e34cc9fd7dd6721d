package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ListReadingTest {
    private final ListReading reading = new ListReading();

    private ListReading read(Page<String> page) {
        reading.page(page);
        for (String item : page.items()) {
            // "key=content", where either may be missing
            String[] parts = item.split("=", 2);
            reading.record(parts[0].isEmpty() ? null : parts[0], item.hashCode());
        }
        return reading;
    }

    private List<String> doubts() {
        reading.end();
        return reading.doubts().stream().map(Problem::code).toList();
    }

    @Nested
    class is_without_doubt {
        @Test
        void if_it_has_the_total_that_it_reported() {
            read(Page.upTo(List.of("1", "2"), "2").withTotal(3));
            read(Page.last(List.of("3")).withTotal(3));

            assertThat(doubts()).isEmpty();
            assertThat(reading.hasKey("3")).isTrue();
            assertThat(reading.hasKey("4")).isFalse();
        }

        @Test
        void if_it_has_more_than_the_total() {
            read(Page.last(List.of("1", "2")).withTotal(1));

            assertThat(doubts()).isEmpty();
        }

        @Test
        void if_records_without_a_key_make_up_the_total() {
            read(Page.last(List.of("1", "=a", "=a")).withTotal(3));

            assertThat(doubts()).isEmpty();
            assertThat(reading.doubtOfAbsence()).isEmpty();
        }

        @Test
        void if_different_records_of_one_key_are_on_one_page() {
            read(Page.upTo(List.of("1=a", "1=b"), "2").withTotal(3));
            read(Page.last(List.of("3")).withTotal(3));

            assertThat(doubts()).isEmpty();
        }

        @Test
        void if_parts_of_one_response_have_a_record_twice() {
            read(Page.more(List.of("1", "2")));
            read(Page.last(List.of("2", "3")));

            assertThat(doubts()).isEmpty();
        }

        @Test
        void if_two_lists_have_the_same_record_and_totals_of_their_own() {
            read(Page.last(List.of("1", "2")).withTotal(2).inList("users"));
            read(Page.last(List.of("2")).withTotal(1).inList("guests"));

            assertThat(doubts()).isEmpty();
        }

        @Test
        void if_it_is_empty() {
            assertThat(doubts()).isEmpty();
        }
    }

    @Nested
    class is_in_doubt {
        @Test
        void if_a_record_is_on_two_pages() {
            read(Page.upTo(List.of("1", "2"), "2").withTotal(3));
            read(Page.last(List.of("2", "3")).withTotal(3));

            assertThat(doubts()).containsExactly("record-on-two-pages");
            assertThat(reading.doubts().get(0).message())
                    .isEqualTo("the record with the key 2 is on page 1 and on page 2");
        }

        @Test
        void if_another_record_of_the_key_is_on_two_pages() {
            read(Page.upTo(List.of("1=a", "1=b"), "2"));
            read(Page.last(List.of("1=b")));

            assertThat(doubts()).containsExactly("record-on-two-pages");
        }

        @Test
        void if_the_total_changes() {
            read(Page.upTo(List.of("1", "2"), "2").withTotal(3));
            read(Page.last(List.of("3", "4")).withTotal(4));

            assertThat(doubts()).containsExactly("total-changed");
            assertThat(reading.onlyTotalChanged()).isTrue();
        }

        @Test
        void if_the_last_total_is_missed() {
            read(Page.last(List.of("1", "2")).withTotal(3));

            assertThat(doubts()).containsExactly("total-missed");
            assertThat(reading.onlyTotalChanged()).isFalse();
        }

        @Test
        void if_the_total_of_one_of_several_lists_is_missed() {
            read(Page.last(List.of("1", "2")).withTotal(3).inList("users"));
            read(Page.last(List.of("3", "4")).withTotal(2).inList("guests"));

            assertThat(doubts()).containsExactly("total-missed");
            assertThat(reading.doubts().get(0).message()).startsWith("users: ");
        }

        @Test
        void if_it_ends_before_its_last_page() {
            read(Page.upTo(List.of("1"), "2"));

            assertThat(doubts()).containsExactly("ended-early");
        }

        @Test
        void if_a_page_is() {
            read(Page.last(List.of("1")).withDoubt(Problem.of("status", "", "status 206", "")));

            assertThat(doubts()).containsExactly("status");
        }
    }

    @Nested
    class proves_no_absence {
        @Test
        void alone_if_there_are_several_pages_and_no_total() {
            read(Page.upTo(List.of("1"), "2"));
            read(Page.last(List.of("2")));

            assertThat(doubts()).isEmpty();
            assertThat(reading.hasSeveralPages()).isTrue();
        }

        @Test
        void alone_if_different_records_of_one_key_on_two_pages_make_up_the_total() {
            read(Page.upTo(List.of("1", "2=a"), "2").withTotal(4));
            read(Page.last(List.of("2=b", "3")).withTotal(4));

            assertThat(doubts()).isEmpty();
            assertThat(reading.doubtOfAbsence()).isPresent();
            assertThat(reading.hasSeveralPages()).isTrue();
        }

        @Test
        void if_a_copy_on_one_page_makes_up_the_total() {
            read(Page.last(List.of("1", "2", "2")).withTotal(3));

            assertThat(doubts()).isEmpty();
            assertThat(reading.doubtOfAbsence()).isPresent();
        }
    }

    @Test
    void knows_whether_another_reading_had_the_same_keys() {
        read(Page.last(List.of("1", "2")));
        ListReading same = new ListReading();
        same.page(Page.last(List.of()));
        same.record("2", 5);
        same.record("1", 6);
        ListReading other = new ListReading();
        other.page(Page.last(List.of()));
        other.record("2", 5);
        other.record("3", 6);

        assertThat(reading.hasSameKeys(same)).isTrue();
        assertThat(reading.hasSameKeys(other)).isFalse();
    }

    @Test
    void keeps_the_keys_of_many() {
        reading.page(Page.last(List.of()));
        for (int i = 0; i < 10_000; i++) {
            reading.record("user " + i, i);
        }
        reading.end();

        assertThat(reading.records()).isEqualTo(10_000);
        assertThat(reading.hasKey("user 0")).isTrue();
        assertThat(reading.hasKey("user 9999")).isTrue();
        assertThat(reading.hasKey("user 10000")).isFalse();
    }
}
