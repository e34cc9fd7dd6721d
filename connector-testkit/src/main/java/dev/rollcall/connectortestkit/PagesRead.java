package dev.rollcall.connectortestkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.Page;
import dev.rollcall.connector.PageIterator;
import dev.rollcall.connector.UserRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of the records that were read, with the place of each. Not thread-safe: for one thread at a time. */
final class PagesRead {
    /** So many faults are named; a list of a thousand says no more. */
    private static final int NAMED = 5;

    private record Place(int page, int index) {
        @Override
        public String toString() {
            return "page " + page + ", index " + index;
        }
    }

    private final Map<String, List<Place>> places = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final String column;
    private int pages;

    private PagesRead(String column) {
        this.column = column;
    }

    /** {@return what the pages hold, read to their end} */
    static PagesRead of(PageIterator<UserRecord> pages, String column) {
        PagesRead read = new PagesRead(column);
        while (pages.hasNext()) {
            read.add(pages.next());
        }
        return read;
    }

    private void add(Page<UserRecord> page) {
        pages++;
        int index = 0;
        for (UserRecord record : page.items()) {
            Place place = new Place(pages, index++);
            Optional<String> key = record.value(column).text().filter(text -> !text.isEmpty());
            if (key.isEmpty()) {
                faults.add("the record at " + place + " has no value in '" + column + "', the column of the key");
            }
            places.computeIfAbsent(key.orElse(""), each -> new ArrayList<>()).add(place);
            keys.add(key.orElse(""));
        }
    }

    List<String> keys() {
        return keys;
    }

    /** Fails unless every key came, once and in this order; says which did not, and where the others stand. */
    void assertWhole(List<String> expected) {
        assertThat(faultsAgainst(expected)).as("the users that were read").isEmpty();
    }

    private List<String> faultsAgainst(List<String> expected) {
        List<String> all = new ArrayList<>(faults);
        places.forEach((key, where) -> {
            if (where.size() > 1 && !key.isEmpty()) {
                all.add("the key '" + key + "' came " + where.size() + " times: at "
                        + String.join(
                                " and at ", where.stream().map(Place::toString).toList()));
            }
        });
        expected.stream()
                .filter(key -> !places.containsKey(key))
                .forEach(key -> all.add("the key '" + key + "' did not come on any of " + pages + " pages"));
        places.forEach((key, where) -> {
            if (!key.isEmpty() && !expected.contains(key)) {
                all.add("the key '" + key + "' at " + where.get(0) + " is of nobody in the list");
            }
        });
        if (all.isEmpty() && !keys.equals(expected)) {
            int at = 0;
            while (keys.get(at).equals(expected.get(at))) {
                at++;
            }
            String key = keys.get(at);
            all.add("the key '" + key + "' came at " + places.getOrDefault(key, List.of()) + " in the place of '"
                    + expected.get(at) + "': keep the order of the source");
        }
        if (all.size() > NAMED) {
            List<String> named = new ArrayList<>(all.subList(0, NAMED));
            named.add("and " + (all.size() - NAMED) + " more");
            return named;
        }
        return all;
    }
}
