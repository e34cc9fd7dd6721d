package dev.rollcall.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records what one reading of a paged list showed, and what in it contradicts that the list is complete: a total that
 * changed or was not reached, a record on two pages, a list that ended before its last page, and the doubts of the pages
 * themselves. Keeps a hash of each key, no records. Not thread-safe: for one thread at a time.
 *
 * <pre>{@code
 * ListReading reading = new ListReading();
 * while (pages.hasNext()) {
 *     Page<Row> page = pages.next();
 *     reading.page(page);
 *     page.items().forEach(row -> reading.record(row.key(), row.hashCode()));
 * }
 * reading.end();
 * }</pre>
 */
public final class ListReading {
    /** The code of the doubt that the total changed while the list was read. */
    public static final String TOTAL_CHANGED = "total-changed";

    /** Codes of failures that end a list which another reading may read to its end. */
    private static final Set<String> CONTRADICTIONS = Set.of("repeated-page", "expired-cursor");

    private static final int MOST_DOUBTS = 10;

    private final KeyHashes keys = new KeyHashes();
    private final KeyHashes others = new KeyHashes();
    private final List<Problem> doubts = new ArrayList<>();
    private @Nullable Problem doubtOfAbsence;
    private @Nullable Page<?> page;
    private int pageNumber;
    private int firstPage;
    private boolean responseEnded = true;
    private OptionalLong total = OptionalLong.empty();
    private long counted;
    private long copies;
    private boolean severalPages;
    private long records;

    /** A reading that has not begun. */
    public ListReading() {}

    /** Notes a page, before its records. */
    public void page(Page<?> next) {
        Page<?> last = page;
        if (last == null || !last.list().equals(next.list())) {
            endList();
            firstPage = pageNumber + 1;
        }
        if (responseEnded) {
            pageNumber++;
        }
        responseEnded = !next.isContinued();
        page = next;
        next.doubts().forEach(this::doubt);
        next.total().ifPresent(this::total);
    }

    private void total(long announced) {
        if (total.isPresent() && total.getAsLong() != announced) {
            doubt(Problem.of(
                    TOTAL_CHANGED,
                    "",
                    inList() + "the total was " + total.getAsLong() + " and is " + announced + " on page " + ordinal(),
                    "run again; if the total counts something else than these records, set paging.total: ignore"));
        }
        total = OptionalLong.of(announced);
    }

    /**
     * Notes a record of the current page.
     *
     * @param key the key of the record; null if it has none
     * @param content a hash of all that the record has, the key included, such as {@link UserRecord#fingerprint}
     */
    public void record(@Nullable String key, long content) {
        add(key, Long.hashCode(content));
    }

    private void add(@Nullable String key, int content) {
        records++;
        String text = key == null ? "" : key;
        long hash = KeyHashes.hash(text.isEmpty() ? "\nno key " + content : text);
        int known = keys.find(hash);
        if (known < 0 || keys.page(known) < firstPage) {
            keys.put(hash, pageNumber, content);
            counted++;
            return;
        }
        int earlier = keys.page(known);
        if (text.isEmpty()) {
            // Two records without a key may be two people, however equal they are.
            counted++;
        } else if (keys.content(known) == content) {
            repeated(text, earlier);
        } else {
            another(text, hash, content, earlier);
        }
    }

    /** The key came before, with a record that has something else. */
    private void another(String key, long hash, int content, int earlier) {
        long both = KeyHashes.mix(hash, content);
        int known = others.find(both);
        if (known >= 0 && others.page(known) >= firstPage) {
            repeated(key, others.page(known));
            return;
        }
        others.put(both, pageNumber, content);
        if (earlier == pageNumber) {
            counted++;
        } else {
            // A second record of this user, or the same record that has moved and has a column that changes with each
            // call.
            copies++;
        }
    }

    private void repeated(String key, int earlier) {
        if (earlier == pageNumber) {
            copies++;
            return;
        }
        doubt(Problem.of(
                "record-on-two-pages",
                "",
                inList() + "the record with the key " + shown(key) + " is on page " + (earlier - firstPage + 1)
                        + " and on page " + ordinal(),
                "sort the list by a column that does not change; if the application lists a record more than once,"
                        + " set paging.duplicates: allow"));
    }

    /** Notes another reason why the list may be incomplete. */
    public void doubt(Problem reason) {
        if (doubts.size() < MOST_DOUBTS && !doubts.contains(reason)) {
            doubts.add(reason);
        }
    }

    /**
     * Ends the reading before its last page.
     *
     * @param reason why the list is no longer read
     */
    public void breakOff(Problem reason) {
        doubt(reason);
        page = null;
        end();
    }

    /** Ends the reading: the pages have no more. Only the keys are kept. */
    public void end() {
        endList();
        page = null;
        keys.seal();
        others.seal();
    }

    private void endList() {
        Page<?> last = page;
        if (last == null) {
            return;
        }
        if (!last.isLast()) {
            doubt(Problem.of(
                    "ended-early",
                    "",
                    inList() + "the pages ended after page " + ordinal() + ", which is not the last one",
                    ""));
        }
        if (total.isPresent() && counted < total.getAsLong()) {
            Problem missed = Problem.of(
                    "total-missed",
                    "",
                    inList() + "the application says that there are " + total.getAsLong() + " records, and listed "
                            + counted,
                    "run again; if the total counts something else than these records, set paging.total: ignore");
            if (counted + copies < total.getAsLong()) {
                doubt(missed);
            } else {
                // Only with records whose keys came before: harmless, if nobody is missing.
                doubtOfAbsence = missed;
            }
        }
        severalPages |= pageNumber > firstPage;
        total = OptionalLong.empty();
        counted = 0;
        copies = 0;
    }

    private int ordinal() {
        return pageNumber - firstPage + 1;
    }

    private String inList() {
        Page<?> last = page;
        return last == null || last.list().isEmpty() ? "" : last.list() + ": ";
    }

    private static String shown(String key) {
        return key.length() > 60 ? key.substring(0, 60) + "…" : key;
    }

    /** {@return what contradicts that the list is complete; empty if nothing does} */
    public List<Problem> doubts() {
        return List.copyOf(doubts);
    }

    /** {@return what contradicts that the list is complete, but matters only if somebody is missing from it} */
    public Optional<Problem> doubtOfAbsence() {
        return Optional.ofNullable(doubtOfAbsence);
    }

    /**
     * {@return whether the list came in several pages, so that somebody can have fallen between two of them: even the total
     * is the same if one person leaves and another one joins between two pages}
     */
    public boolean hasSeveralPages() {
        return severalPages;
    }

    /** {@return whether the only doubt is that the total changed} */
    public boolean onlyTotalChanged() {
        return !doubts.isEmpty()
                && doubts.stream().allMatch(doubt -> doubt.code().equals(TOTAL_CHANGED));
    }

    /** {@return how many records came} */
    public long records() {
        return records;
    }

    /** {@return whether a failure shows that the list went astray, so that another reading may succeed} */
    public static boolean isContradiction(ConnectorException failure) {
        return CONTRADICTIONS.contains(failure.problem().code());
    }

    /** {@return whether a record with this key came} */
    public boolean hasKey(String key) {
        return keys.find(KeyHashes.hash(key)) >= 0;
    }

    /** {@return whether the records of another reading have the same keys} */
    public boolean hasSameKeys(ListReading other) {
        return keys.sameAs(other.keys);
    }

    @Override
    public String toString() {
        return records + " records" + (doubts.isEmpty() ? "" : ", in doubt: " + doubts);
    }
}
