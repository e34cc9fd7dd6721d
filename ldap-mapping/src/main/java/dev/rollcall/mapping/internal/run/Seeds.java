package dev.rollcall.mapping.internal.run;

import java.util.SplittableRandom;

/**
 * Seeds of what is random in the mapping of one record: each seed of a run, key and attribute has one of its own, the same
 * in every run. Hash codes of texts would not do: among a hundred thousand people some share one, and the UUID made of it.
 * Immutable and thread-safe.
 */
public final class Seeds {
    private final long ofKey;

    Seeds(long seed, String key) {
        this.ofKey = mixed(seed, key);
    }

    long of(String attribute) {
        return mixed(ofKey, attribute);
    }

    /** Takes a text in as FNV-1a does. */
    private static long mixed(long seed, String text) {
        long hash = scrambled(seed);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return scrambled(hash);
    }

    /** Numbers beside each other become far apart, and different ones stay different. */
    private static long scrambled(long number) {
        return new SplittableRandom(number).nextLong();
    }
}
