package dev.rollcall.examples;

import java.util.Locale;

/** Counts and columns for people. */
final class Texts {
    private Texts() {}

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String count(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
