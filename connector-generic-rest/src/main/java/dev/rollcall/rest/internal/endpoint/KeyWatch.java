package dev.rollcall.rest.internal.endpoint;

import dev.rollcall.connector.ColumnPath;
import dev.rollcall.connector.UserRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the primary keys over all pages of a list, as 64-bit hashes: which come twice, and pages that bring nobody
 * new. Not thread-safe: for one thread at a time.
 */
final class KeyWatch {
    private final @Nullable ColumnPath key;
    private long[] seen = new long[1024];
    private int size;
    private long duplicates;
    private int pageKnown;
    private int pageNew;
    private int stale;

    KeyWatch(@Nullable ColumnPath key) {
        this.key = key;
    }

    /** Looks at records of the present page. */
    void see(List<UserRecord> records) {
        if (key == null) {
            return;
        }
        for (UserRecord record : records) {
            String text = record.value(key).text().orElse("");
            if (!text.isEmpty()) {
                if (add(hash(text))) {
                    pageNew++;
                } else {
                    pageKnown++;
                    duplicates++;
                }
            }
        }
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
        return repeats;
    }

    /** {@return how many records had a key that an earlier one had} */
    long duplicates() {
        return duplicates;
    }

    private boolean add(long hash) {
        if (size * 2 > seen.length) {
            long[] old = seen;
            seen = new long[old.length * 2];
            for (long each : old) {
                if (each != 0) {
                    seen[slot(each)] = each;
                }
            }
        }
        int slot = slot(hash);
        if (seen[slot] == hash) {
            return false;
        }
        seen[slot] = hash;
        size++;
        return true;
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
