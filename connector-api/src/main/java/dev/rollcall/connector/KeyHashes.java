package dev.rollcall.connector;

import java.util.Arrays;

/**
 * The keys of a reading, each as 64 bits, with the page that had it first and a hash of that record. Not thread-safe: for
 * one thread at a time.
 */
final class KeyHashes {
    private static final int SMALLEST = 256;

    private long[] hashes = new long[SMALLEST];
    private int[] pages = new int[SMALLEST];
    private int[] contents = new int[SMALLEST];
    private int size;
    private boolean sealed;

    /** The sum of all hashes, so that sets can be compared without an order. */
    private long sum;

    /** {@return a hash of a text, never 0} */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash, text.length());
    }

    /** {@return a hash of both, never 0} */
    static long mix(long hash, long other) {
        long mixed = (hash ^ other * 0x9E3779B97F4A7C15L) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 29;
        return mixed == 0 ? 1 : mixed;
    }

    /** {@return where a key is; negative if it was not seen} */
    int find(long hash) {
        if (sealed) {
            return Arrays.binarySearch(hashes, hash);
        }
        int slot = slot(hash);
        return hashes[slot] == hash ? slot : -1;
    }

    /** {@return the page that a key was on first} */
    int page(int found) {
        return pages[found];
    }

    /** {@return the hash of the record that had a key first} */
    int content(int found) {
        return contents[found];
    }

    /** Adds a key, or replaces what is known about it. */
    void put(long hash, int page, int content) {
        if (size * 3L > hashes.length * 2L) {
            grow();
        }
        int slot = slot(hash);
        if (hashes[slot] != hash) {
            hashes[slot] = hash;
            size++;
            sum += hash;
        }
        pages[slot] = page;
        contents[slot] = content;
    }

    boolean sameAs(KeyHashes other) {
        return size == other.size && sum == other.sum;
    }

    /** Frees everything but the keys, which take eight bytes each from now on; none can be added any more. */
    void seal() {
        if (sealed) {
            return;
        }
        sealed = true;
        pages = new int[0];
        contents = new int[0];
        long[] seen = new long[size];
        int at = 0;
        for (long hash : hashes) {
            if (hash != 0) {
                seen[at++] = hash;
            }
        }
        Arrays.sort(seen);
        hashes = seen;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldPages = pages;
        int[] oldContents = contents;
        hashes = new long[oldHashes.length * 2];
        pages = new int[hashes.length];
        contents = new int[hashes.length];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                pages[slot] = oldPages[i];
                contents[slot] = oldContents[i];
            }
        }
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 20) & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
