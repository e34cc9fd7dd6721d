package dev.rollcall.provisioning.internal.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WholenessJudgeTest {
    private final Deque<List<Page<String>>> readings = new ArrayDeque<>();
    private final WholenessJudge<String> judge = new WholenessJudge<>(Clock.systemUTC());
    private final List<String> taken = new ArrayList<>();
    private Optional<Set<String>> byKey = Optional.empty();
    private int lookUps;

    @SafeVarargs
    private void reading(Page<String>... pages) {
        List<Page<String>> all = new ArrayList<>();
        for (Page<String> page : pages) {
            all.add(page);
        }
        readings.add(all);
    }

    private PageIterator<String> list() {
        if (readings.isEmpty()) {
            throw ConnectorException.unsupported("the list can be fetched only once");
        }
        List<Page<String>> pages = readings.remove();
        return PageIterator.of(token -> pages.get(token == null ? 0 : Integer.parseInt(token)));
    }

    private void read() {
        judge.read(this::list, new WholenessJudge.Taker<>() {
            @Override
            public void begin() {
                taken.clear();
            }

            @Override
            public void take(Page<String> page, ListReading reading) {
                page.items().forEach(key -> reading.record(key, 0));
                taken.addAll(page.items());
            }
        });
    }

    private List<String> missing(String... absent) {
        return judge.missing(
                judge.proof(UserQuery.all(), false).orElseThrow(),
                List.of(absent),
                new WholenessJudge.Absence<String, String>() {
                    @Override
                    public List<String> keys(String missing) {
                        return List.of(missing);
                    }

                    @Override
                    public Optional<Set<String>> lookUp(List<String> missing) {
                        lookUps++;
                        return byKey.map(known -> {
                            Set<String> found = new HashSet<>(missing);
                            found.retainAll(known);
                            return found;
                        });
                    }

                    @Override
                    public PageIterator<String> keysOnly() {
                        return list();
                    }

                    @Override
                    public void note(Page<String> page, ListReading reading) {
                        page.items().forEach(key -> reading.record(key, 0));
                    }
                });
    }

    private ConnectorException failure(Runnable read) {
        return catchThrowableOfType(ConnectorException.class, read::run);
    }

    private static Page<String> first(long total, String... keys) {
        return Page.upTo(List.of(keys), "1").withTotal(total);
    }

    private static Page<String> last(long total, String... keys) {
        return Page.last(List.of(keys)).withTotal(total);
    }

    @Nested
    class a_list_without_contradictions {
        @Test
        void is_read_once() {
            reading(last(3, "1", "2", "3"));
            read();

            assertThat(missing("4")).containsExactly("4");
            assertThat(judge.readings()).isEqualTo(1);
            assertThat(judge.reasons()).isEmpty();
        }

        @Test
        void proves_nothing_if_not_everybody_was_asked_for() {
            reading(last(1, "1"));
            read();

            assertThat(judge.proof(UserQuery.byKeys(List.of("1")), false)).isEmpty();
            assertThat(judge.withheld()).hasValue("not everybody was asked for");
        }

        @Test
        void proves_nothing_if_the_source_lists_changes() {
            reading(last(1, "1"));
            read();

            assertThat(judge.proof(UserQuery.all(), true)).isEmpty();
        }
    }

    @Nested
    class a_list_that_contradicts_itself {
        @Test
        void is_read_again_and_nobody_is_missing_whom_any_reading_had() {
            reading(first(4, "1", "2"), last(4, "2", "3"));
            reading(first(3, "1", "4"), last(3, "5"));
            byKey = Optional.of(Set.of());
            read();

            assertThat(judge.readings()).isEqualTo(2);
            assertThat(taken).containsExactly("1", "4", "5");
            assertThat(missing("2", "3", "6")).containsExactly("6");
            assertThat(judge.reasons().get(0)).contains("the record with the key 2 is on page 1 and on page 2");
        }

        @Test
        void is_incomplete_after_three_readings_however_often_the_same_lie_comes() {
            for (int i = 0; i < 4; i++) {
                reading(first(4, "1", "2"), last(4, "2", "3"));
            }

            assertThat(failure(WholenessJudgeTest.this::read))
                    .hasMessageContaining("contradicts itself")
                    .hasMessageContaining("read 3 times")
                    .hasMessageContaining("paging.duplicates: allow");
            assertThat(readings).hasSize(1);
            assertThat(judge.proof(UserQuery.all(), false)).isEmpty();
        }

        @Test
        void is_incomplete_at_once_if_it_can_be_fetched_only_once() {
            reading(last(4, "1", "2"));

            assertThat(failure(WholenessJudgeTest.this::read))
                    .hasMessageContaining("there are 4 records, and listed 2")
                    .hasMessageContaining("only once");
        }

        @Test
        void is_incomplete_at_once_if_a_rate_limit_forbids_another_reading() {
            reading(last(4, "1", "2"));
            PageIterator<String> limited = PageIterator.of(token -> {
                throw new ConnectorException(
                        FailureKind.RATE_LIMITED, Problem.of("status-429", "", "page 1: status 429", ""));
            });
            Deque<PageIterator<String>> lists = new ArrayDeque<>(List.of(list(), limited));

            assertThat(failure(() -> judge.read(lists::remove, new WholenessJudge.Taker<>() {
                        @Override
                        public void begin() {}

                        @Override
                        public void take(Page<String> page, ListReading reading) {
                            page.items().forEach(key -> reading.record(key, 0));
                        }
                    })))
                    .hasMessageContaining("could not be read again: page 1: status 429");
        }

        @Test
        void is_read_again_if_a_page_repeats_itself() {
            reading(Page.upTo(List.of("1", "2"), "1"), Page.upTo(List.of("1", "2"), "2"), Page.last(List.of("3")));
            reading(last(3, "1", "2", "3"));
            read();

            assertThat(judge.readings()).isEqualTo(2);
        }
    }

    @Nested
    class a_total_that_changes {
        @Test
        void is_whole_with_two_readings_of_the_same_keys() {
            reading(first(3, "1", "2"), last(2, "3"));
            reading(first(2, "1", "2"), last(3, "3"));
            byKey = Optional.of(Set.of());
            read();

            assertThat(missing("4")).containsExactly("4");
            assertThat(judge.readings()).isEqualTo(2);
        }

        @Test
        void is_read_once_more_if_the_readings_lack_different_people() {
            reading(first(2, "1", "2"), last(1, "3"));
            reading(first(3, "1", "2"), last(2, "4"));
            reading(first(3, "1", "2"), last(3, "4"));
            byKey = Optional.of(Set.of());
            read();

            assertThat(missing("3", "5")).containsExactly("5");
            assertThat(judge.readings()).isEqualTo(3);
        }
    }

    @Nested
    class a_list_of_several_pages {
        private void pages(String... keys) {
            List<String> all = List.of(keys);
            reading(Page.upTo(all.subList(0, 2), "1"), Page.last(all.subList(2, all.size())));
        }

        @Test
        void is_read_once_if_nobody_is_missing() {
            pages("1", "2", "3");
            read();

            assertThat(missing()).isEmpty();
            assertThat(judge.readings()).isEqualTo(1);
        }

        @Test
        void is_read_once_if_the_missing_are_not_found_by_key() {
            byKey = Optional.of(Set.of("1", "2", "3"));
            pages("1", "2", "3");
            read();

            assertThat(missing("4")).containsExactly("4");
            assertThat(judge.readings()).isEqualTo(1);
        }

        @Test
        void has_skipped_whom_a_look_up_finds() {
            byKey = Optional.of(Set.of("4"));
            pages("1", "2", "3");
            pages("1", "2", "3");
            read();

            assertThat(missing("4", "5")).containsExactly("5");
            assertThat(judge.reasons()).anyMatch(reason -> reason.contains("4, found by key"));
        }

        @Test
        void is_read_once_more_if_the_source_cannot_be_asked_by_key() {
            pages("1", "2", "3");
            pages("3", "2", "1");
            read();

            assertThat(missing("4")).containsExactly("4");
            assertThat(judge.readings()).isEqualTo(2);
        }

        @Test
        void is_read_a_third_time_if_the_second_finds_somebody() {
            pages("1", "2", "3");
            pages("1", "2", "4");
            pages("1", "2", "4");
            read();

            assertThat(missing("4", "5")).containsExactly("5");
            assertThat(judge.readings()).isEqualTo(3);
        }

        @Test
        void is_incomplete_if_it_cannot_be_confirmed() {
            pages("1", "2", "3");
            read();

            assertThat(failure(() -> missing("4"))).hasMessageContaining("only once");
        }

        @Test
        void looks_nobody_up_if_too_many_are_missing() {
            byKey = Optional.of(Set.of());
            pages("1", "2", "3");
            pages("1", "2", "3");
            read();
            String[] many = new String[WholenessJudge.MOST_LOOKUPS + 1];
            Arrays.setAll(many, i -> "gone " + i);

            assertThat(missing(many)).hasSize(many.length);
            assertThat(lookUps).isZero();
        }
    }

    @Nested
    class a_copy_on_one_page_that_makes_up_the_total {
        @Test
        void costs_nothing_if_nobody_is_missing() {
            reading(last(3, "1", "2", "2"));
            read();

            assertThat(missing()).isEmpty();
            assertThat(judge.readings()).isEqualTo(1);
        }

        @Test
        void is_a_contradiction_if_somebody_is() {
            for (int i = 0; i < 5; i++) {
                reading(last(3, "1", "2", "2"));
            }
            read();

            assertThat(failure(() -> missing("3"))).hasMessageContaining("contradicts itself");
        }
    }
}
