package dev.rollcall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PageIteratorTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

    private static <T> List<T> read(PageIterator<T> pages) {
        List<T> items = new ArrayList<>();
        pages.forEachRemaining(page -> items.addAll(page.items()));
        return items;
    }

    private static ConnectorException failureOf(PageIterator<?> pages) {
        return assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> read(pages))
                .actual();
    }

    /** A list whose page {@code n} has the token {@code n}. */
    private static PageIterator.PageSource<String> list(String... pages) {
        return token -> {
            int number = token == null ? 0 : Integer.parseInt(token);
            List<String> items = pages[number].isEmpty() ? List.of() : Arrays.asList(pages[number].split(" "));
            return number + 1 == pages.length ? Page.last(items) : Page.upTo(items, Integer.toString(number + 1));
        };
    }

    @Nested
    class a_list_that_ends {
        @Test
        void gives_every_item_in_order() {
            assertThat(read(PageIterator.of(list("a b", "c d", "e")))).containsExactly("a", "b", "c", "d", "e");
        }

        @Test
        void may_have_empty_pages_in_the_middle() {
            assertThat(read(PageIterator.of(list("a b", "", "", "c")))).containsExactly("a", "b", "c");
        }

        @Test
        void may_be_empty() {
            assertThat(read(PageIterator.of(list("")))).isEmpty();
        }

        @Test
        void says_so_again_and_has_no_page_after() {
            PageIterator<String> pages = PageIterator.of(list("a"));
            read(pages);

            assertThat(pages.hasNext()).isFalse();
            assertThatThrownBy(pages::next).isInstanceOf(NoSuchElementException.class);
            assertThat(pages.hasNext()).isFalse();
            pages.close();
            assertThat(pages.hasNext()).isFalse();
        }

        @Test
        void is_fetched_only_as_it_is_asked_for() {
            AtomicInteger calls = new AtomicInteger();
            PageIterator<String> pages = PageIterator.of(token -> {
                calls.incrementAndGet();
                return Page.upTo(List.of("item " + calls), "token " + calls);
            });

            assertThat(pages.hasNext()).isTrue();
            assertThat(calls).hasValue(0);
            pages.next();
            assertThat(pages.hasNext()).isTrue();
            assertThat(calls).hasValue(1);
        }
    }

    @Nested
    class a_list_that_repeats_itself {
        @Test
        void is_stopped_at_a_repeated_token() {
            ConnectorException failure = failureOf(PageIterator.of(
                    token -> token == null ? Page.upTo(List.of(1, 2), "x") : Page.upTo(List.of(3, 4), "x")));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure.problem().code()).isEqualTo("repeated-token");
            assertThat(failure).hasMessageContaining("page 2");
        }

        @Test
        void is_stopped_at_a_repeated_page_however_much_later() {
            ConnectorException failure = failureOf(PageIterator.of(list("a b", "c d", "e f", "a b", "g")));

            assertThat(failure.kind()).isEqualTo(FailureKind.MALFORMED_RESPONSE);
            assertThat(failure.problem().code()).isEqualTo("repeated-page");
            assertThat(failure).hasMessageContaining("page 4 is the same as page 1");
        }

        @Test
        void is_stopped_when_one_user_comes_again_and_again() {
            AtomicInteger page = new AtomicInteger();
            ConnectorException failure = failureOf(
                    PageIterator.of(token -> Page.upTo(List.of("only"), Integer.toString(page.incrementAndGet()))));

            assertThat(failure).hasMessageContaining("page 2 is the same as page 1");
        }

        @Test
        void may_hold_the_same_single_item_on_pages_apart() {
            assertThat(read(PageIterator.of(list("a", "b", "a")))).containsExactly("a", "b", "a");
        }

        @Test
        void may_hold_the_same_people_in_another_order() {
            assertThat(read(PageIterator.of(list("a b", "b a")))).hasSize(4);
        }

        @Test
        void compares_records_by_their_columns() {
            UserRecord ada = UserRecord.of(Map.of("id", 1)).from("page 1");
            UserRecord bob = UserRecord.of(Map.of("id", 2));
            UserRecord again = UserRecord.of(Map.of("id", 1)).from("page 2");
            Deque<Page<UserRecord>> pages =
                    new ArrayDeque<>(List.of(Page.upTo(List.of(ada, bob), "2"), Page.last(List.of(again, bob))));

            assertThat(failureOf(PageIterator.of(token -> pages.remove()))
                            .problem()
                            .code())
                    .isEqualTo("repeated-page");
        }
    }

    @Nested
    class a_list_without_end {
        private final PageIterator.PageSource<Integer> counting = token -> {
            int number = token == null ? 0 : Integer.parseInt(token);
            return Page.upTo(List.of(number, number), Integer.toString(number + 1));
        };

        @Test
        void is_stopped_at_the_most_pages() {
            ConnectorException failure =
                    failureOf(PageIterator.of(counting, new PageLimits(5, 1000, Duration.ofHours(1)), NOON));

            assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
            assertThat(failure).hasMessageContaining("more than 5 pages");
        }

        @Test
        void is_stopped_at_the_most_records() {
            ConnectorException failure =
                    failureOf(PageIterator.of(counting, new PageLimits(1000, 9, Duration.ofHours(1)), NOON));

            assertThat(failure).hasMessageContaining("more than 9 records");
        }

        @Test
        void is_stopped_when_time_is_up() {
            AtomicInteger minutes = new AtomicInteger();
            Clock ticking = new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return NOON.instant().plus(Duration.ofMinutes(minutes.getAndIncrement()));
                }
            };
            ConnectorException failure =
                    failureOf(PageIterator.of(counting, new PageLimits(1000, 9000, Duration.ofMinutes(3)), ticking));

            assertThat(failure.kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
            assertThat(failure).hasMessageContaining("PT3M").hasMessageContaining("4 pages were read");
        }

        @Test
        void is_read_to_the_very_limit() {
            PageIterator<String> pages =
                    PageIterator.of(list("a b", "c d"), new PageLimits(2, 4, Duration.ofHours(1)), NOON);

            assertThat(read(pages)).hasSize(4);
        }
    }

    @Nested
    class a_page_that_fails {
        private final PageIterator.PageSource<String> broken = token -> {
            if (token == null) {
                return Page.upTo(List.of("a"), "2");
            }
            throw new ConnectorException(FailureKind.UNAVAILABLE, Problem.of("gone", "", "page 2 is gone", ""));
        };

        @Test
        void fails_again_whatever_is_asked_so_that_nobody_takes_the_list_for_whole() {
            PageIterator<String> pages = PageIterator.of(broken);
            ConnectorException failure = failureOf(pages);

            assertThatThrownBy(pages::hasNext).isSameAs(failure);
            assertThatThrownBy(pages::next).isSameAs(failure);
            pages.close();
            assertThatThrownBy(pages::hasNext).isSameAs(failure);
        }

        @Test
        void fails_again_after_a_guard_stopped_the_list() {
            PageIterator<String> pages = PageIterator.of(list("a b", "a b", "c"));
            ConnectorException failure = failureOf(pages);

            assertThatThrownBy(pages::next).isSameAs(failure);
        }

        @Test
        void with_an_Error_fails_again_too() {
            for (boolean inNext : new boolean[] {true, false}) {
                AtomicInteger asked = new AtomicInteger();
                PageIterator<String> pages = PageIterator.guarded(
                        new PageIterator<>() {
                            @Override
                            public boolean hasNext() {
                                return fail(!inNext);
                            }

                            @Override
                            public Page<String> next() {
                                fail(inNext);
                                return Page.last(List.of("a"));
                            }

                            private boolean fail(boolean now) {
                                if (now && asked.getAndIncrement() == 0) {
                                    throw new StackOverflowError();
                                }
                                return asked.get() == 0;
                            }

                            @Override
                            public void close() {}
                        },
                        PageLimits.defaults(),
                        NOON);

                assertThatThrownBy(() -> read(pages)).isInstanceOf(StackOverflowError.class);
                assertThatThrownBy(pages::hasNext).isInstanceOf(StackOverflowError.class);
                assertThatThrownBy(pages::next).isInstanceOf(StackOverflowError.class);
            }
        }

        @Test
        void may_fail_in_hasNext_too() {
            PageIterator<String> ahead = new PageIterator<>() {
                private boolean asked;

                @Override
                public boolean hasNext() {
                    if (asked) {
                        return false;
                    }
                    asked = true;
                    throw new ConnectorException(FailureKind.TIMEOUT, Problem.of("late", "", "too late", ""));
                }

                @Override
                public Page<String> next() {
                    throw new NoSuchElementException();
                }

                @Override
                public void close() {}
            };
            PageIterator<String> pages = PageIterator.guarded(ahead, PageLimits.defaults(), NOON);
            ConnectorException failure = failureOf(pages);

            assertThatThrownBy(pages::hasNext).isSameAs(failure);
        }
    }

    @Nested
    class a_list_that_is_closed {
        @Test
        void before_its_end_never_looks_whole() {
            PageIterator<String> pages = PageIterator.of(list("a", "b"));
            pages.next();
            pages.close();

            assertThatThrownBy(pages::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed before their end");
            assertThatThrownBy(pages::next).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void with_an_exception_did_not_end() {
            for (RuntimeException thrown : List.of(
                    new IllegalStateException("socket"),
                    new java.io.UncheckedIOException(new java.io.IOException("disk")),
                    new ConnectorException(FailureKind.UNAVAILABLE, Problem.of("gone", "", "gone", "")))) {
                PageIterator<String> pages = PageIterator.guarded(
                        new PageIterator<>() {
                            private boolean read;

                            @Override
                            public boolean hasNext() {
                                return !read;
                            }

                            @Override
                            public Page<String> next() {
                                read = true;
                                return Page.last(List.of("a"));
                            }

                            @Override
                            public void close() {
                                throw thrown;
                            }
                        },
                        PageLimits.defaults(),
                        NOON);
                read(pages);

                assertThatThrownBy(pages::close).isInstanceOf(ConnectorException.class);
                assertThatThrownBy(pages::hasNext).isInstanceOf(ConnectorException.class);
                pages.close();
            }
        }

        @Test
        void is_closed_once() {
            AtomicInteger closes = new AtomicInteger();
            PageIterator<String> pages =
                    PageIterator.guarded(counted(PageIterator.of(list("a")), closes), PageLimits.defaults(), NOON);
            pages.close();
            pages.close();

            assertThat(closes).hasValue(1);
        }

        private PageIterator<String> counted(PageIterator<String> pages, AtomicInteger closes) {
            return new PageIterator<>() {
                @Override
                public boolean hasNext() {
                    return pages.hasNext();
                }

                @Override
                public Page<String> next() {
                    return pages.next();
                }

                @Override
                public void close() {
                    closes.incrementAndGet();
                }
            };
        }
    }

    @Nested
    class guards_of_a_host {
        @Test
        void are_not_put_around_the_same_guards_again() {
            PageIterator<String> pages = PageIterator.of(list("a"), PageLimits.defaults(), NOON);

            assertThat(PageIterator.guarded(pages, PageLimits.defaults(), NOON)).isSameAs(pages);
        }

        @Test
        void hold_even_if_the_connector_chose_wider_ones() {
            PageIterator<String> wide = PageIterator.of(list("a", "b", "c"), PageLimits.defaults(), NOON);
            PageIterator<String> pages = PageIterator.guarded(wide, new PageLimits(2, 1000, Duration.ofHours(1)), NOON);

            assertThat(failureOf(pages).kind()).isEqualTo(FailureKind.LIMIT_EXCEEDED);
        }

        @Test
        void refuse_limits_that_let_nothing_through() {
            assertThatThrownBy(() -> new PageLimits(0, 1, Duration.ofHours(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new PageLimits(1, 0, Duration.ofHours(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new PageLimits(1, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void pages_are_equal_by_items_and_token() {
        assertThat(Page.upTo(List.of(1), "a"))
                .isEqualTo(Page.upTo(List.of(1), "a"))
                .hasSameHashCodeAs(Page.upTo(List.of(1), "a"))
                .isNotEqualTo(Page.upTo(List.of(1), "b"))
                .isNotEqualTo(Page.last(List.of(1)));
        assertThat(Page.last(List.of(1, 2))).hasToString("page of 2, the last");
    }
}
