package dev.rollcall.provisioning.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readings of an application that changes while it is read: people come and go between two pages, the order moves, the
 * total lies. A person who was there all the time is never missing where the application reports a total or can be asked by key.
 */
class ChangingListTest {
    private enum Paging {
        PAGE,
        OFFSET,
        CURSOR_AT_POSITION,
        CURSOR_AFTER_KEY
    }

    private enum Change {
        NONE,
        LEAVER,
        JOINER,
        BOTH,
        REORDER,
        STABLE_LIE
    }

    private enum Evidence {
        TOTAL,
        LOOK_UP,
        NEITHER
    }

    private int harmless;
    private int whole;
    private int wrong;
    private int leavers;
    private final List<String> wrongRuns = new ArrayList<>();

    @Test
    void never_costs_somebody_the_account_who_was_there_all_the_time() {
        for (int seed = 0; seed < 2_000; seed++) {
            run(seed, Evidence.TOTAL);
            run(seed, Evidence.LOOK_UP);
        }
        assertThat(wrongRuns).isEmpty();
        assertThat(whole * 100L / harmless)
                .as("percent of harmless changes that give a whole read")
                .isGreaterThan(90);
    }

    @Test
    @Tag("long")
    void never_does_in_ten_thousand_readings_of_each_kind() {
        for (int seed = 0; seed < 10_000; seed++) {
            run(seed, Evidence.TOTAL);
            run(seed, Evidence.LOOK_UP);
        }
        assertThat(wrongRuns).isEmpty();
        leavers = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            run(seed, Evidence.NEITHER);
        }
        assertThat(wrong)
                .as("of %d leavers, without a total or a look-up", leavers)
                .isLessThanOrEqualTo(leavers / 10_000);
    }

    private void run(int seed, Evidence evidence) {
        Random random = new Random(seed);
        Application application = new Application(random, evidence);
        if (evidence == Evidence.NEITHER && application.change == Change.STABLE_LIE) {
            return; // a list that skips the same person every time, and nothing to hold against it
        }
        Set<String> always = new HashSet<>(application.people);
        List<String> directory = new ArrayList<>(application.people);
        directory.add("left before");
        WholenessJudge<String> judge = new WholenessJudge<>(Clock.systemUTC());
        Set<String> had = new HashSet<>();
        List<String> missing;
        try {
            judge.read(application::list, new WholenessJudge.Taker<>() {
                @Override
                public void begin() {
                    had.clear();
                }

                @Override
                public void take(Page<String> page, ListReading reading) {
                    page.items().forEach(key -> reading.record(key, 0));
                    had.addAll(page.items());
                }
            });
            List<String> absent =
                    directory.stream().filter(key -> !had.contains(key)).toList();
            missing = judge.missing(judge.proof(UserQuery.all(), false).orElseThrow(), absent, application);
        } catch (ConnectorException incomplete) {
            harmless += application.change == Change.STABLE_LIE ? 0 : 1;
            return;
        }
        always.retainAll(application.people);
        always.addAll(application.hidden);
        leavers += missing.size();
        int lost = (int) missing.stream().filter(always::contains).count();
        if (lost > 0) {
            wrong += lost;
            wrongRuns.add("seed " + seed + ", " + evidence + ", " + application.paging + ", " + application.change
                    + ", " + judge.readings() + " readings, " + judge.reasons());
        }
        harmless += application.change == Change.STABLE_LIE ? 0 : 1;
        whole += application.change == Change.STABLE_LIE ? 0 : 1;
    }

    /** An application whose people change once in a while between two pages. */
    private static final class Application implements WholenessJudge.Absence<String, String> {
        private final Random random;
        private final Evidence evidence;
        private final Paging paging;
        private final Change change;
        private final int size;
        private final List<String> people = new ArrayList<>();
        private final Set<String> hidden = new HashSet<>();
        private int changesLeft;
        private int joined;

        Application(Random random, Evidence evidence) {
            this.random = random;
            this.evidence = evidence;
            this.paging = List.of(Paging.values()).get(random.nextInt(Paging.values().length));
            this.change = List.of(Change.values()).get(random.nextInt(Change.values().length));
            this.size = 2 + random.nextInt(6);
            int count = 5 + random.nextInt(30);
            for (int i = 0; i < count; i++) {
                people.add("p%03d".formatted(i));
            }
            this.changesLeft = 1 + random.nextInt(2);
            if (change == Change.STABLE_LIE) {
                hidden.add(people.get(random.nextInt(count)));
            }
        }

        PageIterator<String> list() {
            return PageIterator.of(this::page);
        }

        private Page<String> page(String token) {
            List<String> now =
                    people.stream().filter(key -> !hidden.contains(key)).toList();
            int from = 0;
            if (token != null && paging == Paging.CURSOR_AFTER_KEY) {
                String after = token;
                from = (int)
                        now.stream().filter(key -> key.compareTo(after) <= 0).count();
            } else if (token != null) {
                from = Math.min(now.size(), Integer.parseInt(token));
            }
            int to = Math.min(now.size(), from + size);
            List<String> items = now.subList(from, to);
            boolean last = paging == Paging.PAGE || paging == Paging.OFFSET ? items.isEmpty() : to == now.size();
            String next = paging == Paging.CURSOR_AFTER_KEY && !items.isEmpty()
                    ? items.get(items.size() - 1)
                    : Integer.toString(to);
            Page<String> page = last ? Page.last(items) : Page.upTo(items, next);
            if (evidence == Evidence.TOTAL) {
                page = page.withTotal(people.size());
            }
            mayChange();
            return page;
        }

        private void mayChange() {
            if (changesLeft == 0 || random.nextInt(3) > 0) {
                return;
            }
            changesLeft--;
            boolean sorted = paging == Paging.CURSOR_AFTER_KEY;
            switch (change) {
                case LEAVER -> people.remove(random.nextInt(people.size()));
                case JOINER -> join(sorted);
                case BOTH -> {
                    people.remove(random.nextInt(people.size()));
                    join(sorted);
                }
                case REORDER -> {
                    if (!sorted) {
                        String moved = people.remove(random.nextInt(people.size()));
                        people.add(random.nextInt(people.size() + 1), moved);
                    }
                }
                case NONE, STABLE_LIE -> {}
            }
        }

        private void join(boolean sorted) {
            String name = "q%03d".formatted(joined++);
            people.add(sorted ? people.size() : random.nextInt(people.size() + 1), name);
        }

        @Override
        public List<String> keys(String missing) {
            return List.of(missing);
        }

        @Override
        public Optional<Set<String>> lookUp(List<String> missing) {
            if (evidence != Evidence.LOOK_UP) {
                return Optional.empty();
            }
            Set<String> found = new HashSet<>(missing);
            found.retainAll(people);
            return Optional.of(found);
        }

        @Override
        public PageIterator<String> keysOnly() {
            return list();
        }

        @Override
        public void note(Page<String> page, ListReading reading) {
            page.items().forEach(key -> reading.record(key, 0));
        }
    }
}
