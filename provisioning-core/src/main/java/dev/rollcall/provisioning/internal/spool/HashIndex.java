package dev.rollcall.provisioning.internal.spool;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * From texts to numbers, in twelve bytes a slot: texts are kept as 64-bit hashes, so whoever asks compares what the
 * numbers stand for. A text can have several numbers. Not thread-safe: for one thread at a time, but for reading once all
 * is written.
 */
public final class HashIndex {
    private static final int FREE = -1;

    private long[] hashes = new long[16];
    private int[] numbers = new int[16];
    private int size;

    public HashIndex() {
        Arrays.fill(numbers, FREE);
    }

    public void put(String text, int number) {
        if ((size + 1) * 10L > hashes.length * 7L) {
            grow();
        }
        insert(hash(text), number);
        size++;
    }

    /** Tells every number whose text has the hash of this one, smallest first. */
    public void each(String text, IntConsumer each) {
        long hash = hash(text);
        int[] found = new int[4];
        int count = 0;
        for (int slot = slot(hash); numbers[slot] != FREE; slot = (slot + 1) & (numbers.length - 1)) {
            if (hashes[slot] == hash) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = numbers[slot];
            }
        }
        Arrays.sort(found, 0, count);
        for (int i = 0; i < count; i++) {
            each.accept(found[i]);
        }
    }

    public boolean mayHave(String text) {
        long hash = hash(text);
        for (int slot = slot(hash); numbers[slot] != FREE; slot = (slot + 1) & (numbers.length - 1)) {
            if (hashes[slot] == hash) {
                return true;
            }
        }
        return false;
    }

    public int size() {
        return size;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[oldHashes.length * 2];
        numbers = new int[oldNumbers.length * 2];
        Arrays.fill(numbers, FREE);
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != FREE) {
                insert(oldHashes[i], oldNumbers[i]);
            }
        }
    }

    private void insert(long hash, int number) {
        int slot = slot(hash);
        while (numbers[slot] != FREE) {
            slot = (slot + 1) & (numbers.length - 1);
        }
        hashes[slot] = hash;
        numbers[slot] = number;
    }

    private int slot(long hash) {
        return (int) (hash ^ (hash >>> 32)) & (numbers.length - 1);
    }

    public static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 29);
    }
}
