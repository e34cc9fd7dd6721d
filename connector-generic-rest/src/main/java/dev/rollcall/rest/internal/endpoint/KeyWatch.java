package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the primary keys over all pages of a list, as 64-bit hashes: which come twice, and pages that bring nobody
 * new. Not thread-safe: for one thread at a time.
 */
final class KeyWatch {
    private final @Nullable ColumnPath key;
    private final boolean dropsRepeated;
    private long[] seen = new long[1024];
    private int[] contents = new int[1024];
    private int[] pages = new int[1024];
    private int size;
    private int page = 1;
    private int pageKnown;
    private int pageNew;
    private int stale;

    /**
     * A watch that has seen nobody.
     *
     * @param dropsRepeated whether a record that came on an earlier page is left out
     */
    KeyWatch(@Nullable ColumnPath key, boolean dropsRepeated) {
        this.key = key;
        this.dropsRepeated = dropsRepeated;
    }

    /** {@return the records of the present page, without those that are to be left out} */
    List<UserRecord> see(List<UserRecord> records) {
        if (key == null) {
            return records;
        }
        List<UserRecord> kept = dropsRepeated ? new ArrayList<>() : records;
        for (UserRecord record : records) {
            String text = record.value(key).text().orElse("");
            int content = dropsRepeated ? Long.hashCode(record.fingerprint()) : 0;
            int at = text.isEmpty() ? -1 : add(hash(text), content);
            pageKnown += at >= 0 && pages[at] < page ? 1 : 0;
            pageNew += at >= 0 && pages[at] == page ? 1 : 0;
            boolean repeated = at >= 0 && pages[at] < page && contents[at] == content;
            if (dropsRepeated && !repeated) {
                kept.add(record);
            }
        }
        return kept;
    }

    /**
     * Ends the present page.
     *
     * @return whether the list goes round in circles: everybody on this page, of several or once more, was on an
     *     earlier one
     */
    boolean pageRepeats() {
        boolean nobodyNew = pageNew == 0 && pageKnown > 0;
        stale = nobodyNew ? stale + 1 : 0;
        boolean repeats = nobodyNew && (pageKnown > 1 || stale > 1);
        pageNew = 0;
        pageKnown = 0;
        page++;
        return repeats;
    }

    /** {@return where a key is, with the page and the content that it came with first} */
    private int add(long hash, int content) {
        if (size * 2 > seen.length) {
            grow();
        }
        int slot = slot(hash);
        if (seen[slot] != hash) {
            seen[slot] = hash;
            contents[slot] = content;
            pages[slot] = page;
            size++;
        }
        return slot;
    }

    private void grow() {
        long[] oldSeen = seen;
        int[] oldContents = contents;
        int[] oldPages = pages;
        seen = new long[oldSeen.length * 2];
        contents = new int[seen.length];
        pages = new int[seen.length];
        for (int i = 0; i < oldSeen.length; i++) {
            if (oldSeen[i] != 0) {
                int slot = slot(oldSeen[i]);
                seen[slot] = oldSeen[i];
                contents[slot] = oldContents[i];
                pages[slot] = oldPages[i];
            }
        }
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> 20) & (seen.length - 1);
        while (seen[slot] != 0 && seen[slot] != hash) {
            slot = (slot + 1) & (seen.length - 1);
        }
        return slot;
    }

    /** FNV-1a, then mixed, never 0. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return (hash ^ (hash >>> 29)) | 1;
    }
}
