package dev.rollcall.rest.internal.decoding;

/**
 * What is agreed about a CSV text beside RFC 4180. Immutable and thread-safe.
 *
 * @param separator between the columns, or {@link #FIND_SEPARATOR}
 * @param skipLines how many lines stand before the header
 * @param shortLinesAreEmpty whether a line with fewer values than columns has none for the last ones; it is broken otherwise
 */
public record CsvFormat(char separator, int skipLines, boolean shortLinesAreEmpty) {
    /** Stands for a separator that is found in the header. */
    public static final char FIND_SEPARATOR = CsvStart.FIND;

    /** {@return commas, the header in the first line, and no line shorter than it} */
    public static CsvFormat standard() {
        return new CsvFormat(',', 0, false);
    }
}
