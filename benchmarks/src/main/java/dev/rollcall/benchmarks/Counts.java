package dev.rollcall.benchmarks;

/** What a program wrote. Not thread-safe: for one thread at a time. */
final class Counts {
    long added;
    long modified;
    long disabled;

    @Override
    public String toString() {
        return added + " added, " + modified + " modified, " + disabled + " disabled";
    }
}
