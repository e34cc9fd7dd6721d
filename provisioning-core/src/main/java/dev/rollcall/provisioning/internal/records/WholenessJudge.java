package dev.rollcall.provisioning.internal.records;

import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.ListReading;
import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.PageLimits;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.UserQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a list is complete, for every source and every application that is written to. The only maker of
 * {@link CompleteRead}.
 *
 * <p>A list that contradicts itself ({@link ListReading#doubts}) is read again, at most twice. One reading without a
 * contradiction is needed, and an entry is missing only if no reading had its key: an application that gives the same
 * contradictory list three times is incomplete, not confirmed. Not thread-safe: for one thread at a time.
 *
 * @param <T> what is on the pages
 */
public final class WholenessJudge<T> {
    private static final Logger logger = LoggerFactory.getLogger(WholenessJudge.class);

    /** More missing entries than this are confirmed by reading the list again, not by one call each. */
    public static final int MOST_LOOKUPS = 200;

    /** The first reading, and two more while it is in doubt. */
    private static final int MOST_READINGS = 3;

    private static final int SHOWN = 5;

    /**
     * The proof that everybody was asked for and that the list was read completely. Whatever rests on somebody's absence
     * requires it. Only the judge makes one. Immutable and thread-safe.
     */
    public static final class CompleteRead {
        private CompleteRead() {}
    }

    /** Takes what one reading gives. */
    public interface Taker<T> {
        /** Begins a reading: forgets what an earlier one gave. */
        void begin();

        /** Takes a page, and notes each of its records in {@code reading}. */
        void take(Page<T> page, ListReading reading);

        /**
         * Ends a reading that had all its pages.
         *
         * @throws ConnectorException if this is not the list that was asked for
         */
        default void end(ListReading reading) {}
    }

    /**
     * Asks the source about what is missing.
     *
     * @param <T> what is on the pages
     * @param <E> what is missing
     */
    public interface Absence<T, E> {
        /** {@return the keys of a missing entry; a record with any of them is its record} */
        List<String> keys(E missing);

        /** {@return those that the source finds by key; empty if it cannot be asked by key} */
        Optional<Set<E>> lookUp(List<E> missing);

        /** {@return the pages of the list, of which the keys alone are needed} */
        PageIterator<T> keysOnly();

        /** Notes the records of a page of {@link #keysOnly}. */
        void note(Page<T> page, ListReading reading);
    }

    private final Clock clock;
    private final List<ListReading> readings = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private @Nullable String withheld;
    private boolean whole;

    /** A judge of one list, which has not been read yet. */
    public WholenessJudge(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Reads a list until one reading is free of contradictions.
     *
     * @param list fetches the list, again if need be
     * @throws ConnectorException if it cannot be read, or contradicts itself every time
     */
    public void read(Supplier<PageIterator<T>> list, Taker<T> taker) {
        PageIterator<T> pages = guarded(list.get());
        try {
            while (true) {
                if (settles(readOnce(pages, taker))) {
                    whole = true;
                    return;
                }
                refuseAfter(MOST_READINGS);
                pages = reopened(pages, list);
            }
        } finally {
            pages.close();
        }
    }

    private PageIterator<T> guarded(PageIterator<T> pages) {
        return PageIterator.guarded(pages, PageLimits.defaults(), clock);
    }

    private PageIterator<T> reopened(PageIterator<T> pages, Supplier<PageIterator<T>> list) {
        try {
            Optional<PageIterator<T>> again = pages.again();
            if (again.isPresent()) {
                return guarded(again.get());
            }
            pages.close();
            return guarded(list.get());
        } catch (ConnectorException failed) {
            throw notReadAgain(failed);
        } catch (IllegalStateException onceOnly) {
            // Such as the iterator of a stream, of which there is only one.
            throw incomplete("the source cannot be read a second time");
        }
    }

    private ListReading readOnce(PageIterator<T> pages, Taker<T> taker) {
        ListReading reading = new ListReading();
        boolean first = readings.isEmpty();
        readings.add(reading);
        taker.begin();
        try {
            while (pages.hasNext()) {
                Page<T> page = pages.next();
                reading.page(page);
                taker.take(page, reading);
            }
            reading.end();
            taker.end(reading);
        } catch (ConnectorException failed) {
            if (ListReading.isContradiction(failed)) {
                reading.breakOff(failed.problem());
            } else if (first) {
                throw failed;
            } else {
                throw notReadAgain(failed);
            }
        }
        return reading;
    }

    /** Whether no further reading is needed. Two readings of which only the total changed are compared later. */
    private boolean settles(ListReading reading) {
        if (reading.doubts().isEmpty()) {
            return true;
        }
        note(reading.doubts().stream().map(Problem::message).collect(Collectors.joining("; ")));
        return reading.onlyTotalChanged()
                && readings.stream().filter(ListReading::onlyTotalChanged).count() > 1;
    }

    private void note(String reason) {
        if (!reasons.contains(reason)) {
            reasons.add(reason);
        }
        logger.atInfo()
                .addKeyValue("reading", readings.size())
                .addKeyValue("reason", reason)
                .log("the list is in doubt");
    }

    /**
     * Keeps the judge from making a proof.
     *
     * @param reason why absence proves nothing, although the list is complete
     */
    public void withhold(String reason) {
        if (withheld == null) {
            withheld = reason;
        }
    }

    /** {@return why there is no proof although the list was read} */
    public Optional<String> withheld() {
        return Optional.ofNullable(withheld);
    }

    /**
     * {@return the proof that everybody was read; empty if somebody else was asked for, if there are only changes, or if
     * the proof is withheld}
     *
     * @param changesOnly whether the source lists changes even if it is asked for everybody
     */
    public Optional<CompleteRead> proof(UserQuery asked, boolean changesOnly) {
        if (!asked.isAll()) {
            withhold("not everybody was asked for");
        } else if (changesOnly) {
            withhold("the source lists changes only");
        }
        return whole && withheld == null ? Optional.of(new CompleteRead()) : Optional.empty();
    }

    /** {@return how many times the list was read} */
    public int readings() {
        return readings.size();
    }

    /** {@return why the list was read more than once, or what was found out about it; empty if there was no doubt} */
    public List<String> reasons() {
        return List.copyOf(reasons);
    }

    /**
     * Confirms that entries are missing, before anything is done to them. Entries that an earlier reading had are not
     * missing. Who is missing is looked up by key where the application can be asked. Elsewhere a list of several pages is
     * read once more, even if its total is reached: it skips somebody unseen if one person leaves and another one joins
     * between two pages.
     *
     * @param absent entries whose key is not in the last reading
     * @return those that are missing
     * @throws ConnectorException if this cannot be decided: the list is incomplete
     */
    public <E> List<E> missing(CompleteRead proof, List<E> absent, Absence<T, E> ask) {
        Objects.requireNonNull(proof, "proof");
        if (!last().doubts().isEmpty() && !twoLackTheSame(absent, ask)) {
            readAgain(absent, ask);
        }
        List<E> missing = inNoReading(absent, ask);
        while (!missing.isEmpty()) {
            ListReading last = last();
            Optional<Set<E>> found = missing.size() <= MOST_LOOKUPS ? lookedUp(missing, ask) : Optional.empty();
            if (found.isPresent()) {
                return afterLookUp(missing, found.get(), absent, ask);
            }
            if (last.doubtOfAbsence().isPresent()) {
                note(last.doubtOfAbsence().get().message());
                readAgain(absent, ask);
                missing = inNoReading(missing, ask);
                continue;
            }
            if (!last.hasSeveralPages()) {
                return missing;
            }
            note("the list has several pages: it is read once more before anybody is missing from it");
            readAgain(absent, ask);
            List<E> still = inNoReading(missing, ask);
            if (still.size() == missing.size()) {
                return missing;
            }
            note("a second reading had " + names(without(missing, new LinkedHashSet<>(still)), ask::keys)
                    + ", whom the first one lacked");
            missing = still;
        }
        return missing;
    }

    private <E> List<E> afterLookUp(List<E> missing, Set<E> found, List<E> absent, Absence<T, E> ask) {
        List<E> left = without(missing, found);
        if (!found.isEmpty()) {
            note("the list lacks " + names(List.copyOf(found), ask::keys) + ", found by key");
            if (!left.isEmpty()) {
                readAgain(absent, ask);
                left = inNoReading(left, ask);
            }
        }
        return left;
    }

    private <E> Optional<Set<E>> lookedUp(List<E> missing, Absence<T, E> ask) {
        try {
            return ask.lookUp(missing);
        } catch (ConnectorException failed) {
            if (failed.kind() == FailureKind.CANCELLED) {
                throw failed;
            }
            throw new ConnectorException(
                    failed.kind(),
                    Problem.of(
                            "absence-unconfirmed",
                            "",
                            "whether " + names(missing, ask::keys) + " left cannot be confirmed by key: "
                                    + failed.problem().message(),
                            failed.problem().remedy()),
                    failed.retryAfter().orElse(null),
                    failed);
        }
    }

    /** Reads the keys of the list until a reading is free of contradictions. */
    private <E> void readAgain(List<E> absent, Absence<T, E> ask) {
        while (true) {
            refuseAfter(MOST_READINGS + 1);
            ListReading reading;
            try (PageIterator<T> pages = guarded(ask.keysOnly())) {
                reading = readOnce(pages, new Taker<>() {
                    @Override
                    public void begin() {}

                    @Override
                    public void take(Page<T> page, ListReading into) {
                        ask.note(page, into);
                    }
                });
            } catch (ConnectorException failed) {
                throw failed.problem().code().equals("incomplete") ? failed : notReadAgain(failed);
            } catch (IllegalStateException onceOnly) {
                throw incomplete("the source cannot be read a second time");
            }
            if (settles(reading) && (reading.doubts().isEmpty() || twoLackTheSame(absent, ask))) {
                return;
            }
        }
    }

    /** Whether two readings of which only the total changed lack the same of these entries. */
    private <E> boolean twoLackTheSame(List<E> absent, Absence<T, E> ask) {
        List<Set<E>> lacking = readings.stream()
                .filter(ListReading::onlyTotalChanged)
                .map(reading -> absent.stream()
                        .filter(entry -> ask.keys(entry).stream().noneMatch(reading::hasKey))
                        .collect(Collectors.toSet()))
                .toList();
        return new LinkedHashSet<>(lacking).size() < lacking.size();
    }

    private <E> List<E> inNoReading(List<E> entries, Absence<T, E> ask) {
        return entries.stream()
                .filter(entry -> ask.keys(entry).stream()
                        .noneMatch(key -> readings.stream().anyMatch(reading -> reading.hasKey(key))))
                .toList();
    }

    private static <E> List<E> without(List<E> entries, Set<E> found) {
        return entries.stream().filter(entry -> !found.contains(entry)).toList();
    }

    private static <E> String names(List<E> entries, Function<E, List<String>> keys) {
        String first = entries.stream()
                .limit(SHOWN)
                .map(entry -> keys.apply(entry).stream().findFirst().orElse("?"))
                .collect(Collectors.joining(", "));
        return entries.size() > SHOWN ? first + " and " + (entries.size() - SHOWN) + " more" : first;
    }

    private ListReading last() {
        return readings.get(readings.size() - 1);
    }

    private void refuseAfter(int most) {
        if (readings.size() >= most) {
            throw incomplete("read " + readings.size() + " times, and in doubt every time");
        }
    }

    private ConnectorException notReadAgain(ConnectorException failed) {
        if (failed.kind() == FailureKind.CANCELLED) {
            return failed;
        }
        return incomplete("it could not be read again: " + failed.problem().message());
    }

    private ConnectorException incomplete(String how) {
        whole = false;
        String remedy = readings.stream()
                .flatMap(reading -> reading.doubts().stream())
                .map(Problem::remedy)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new ConnectorException(
                FailureKind.MALFORMED_RESPONSE,
                Problem.of(
                        "incomplete",
                        "",
                        "the list contradicts itself: " + String.join("; ", reasons) + " (" + how + ")",
                        remedy));
    }
}
