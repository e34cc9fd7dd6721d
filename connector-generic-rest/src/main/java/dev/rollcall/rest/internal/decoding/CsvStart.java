package dev.rollcall.rest.internal.decoding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The start of a CSV text: lines that programs put before the header ({@code sep=;} of spreadsheets, {@code #TYPE} of
 * PowerShell, {@code version:v1.0} of Microsoft Entra, titles of reports), and the header, in which the separator is found if
 * that was asked for. Not thread-safe: for one thread at a time.
 *
 * @param separator between columns
 * @param lines that are before the header
 * @param rest the text from the header on
 */
record CsvStart(char separator, int lines, Reader rest) {
    /** Stands for a separator that is found in the header. */
    static final char FIND = '\0';

    private static final String SEPARATORS = ",;\t|";
    /** How much of the text is looked at. */
    private static final int HEADER = 64 << 10;

    private static final int SEP_LINE = 16;

    /**
     * Looks at the start of a text.
     *
     * @param format the separator if no line says otherwise, and how many lines are left out
     */
    static CsvStart of(Reader text, CsvFormat format) throws IOException {
        BufferedReader reader = new BufferedReader(text, HEADER);
        int skipped = 0;
        while (skipped < format.skipLines() && reader.readLine() != null) {
            skipped++;
        }
        if (isOfProgram(peek(reader, SEP_LINE))) {
            reader.readLine();
            skipped++;
        }
        String first = peek(reader, SEP_LINE).replace("\r\n", "\n").replace('\r', '\n');
        boolean quoted = first.startsWith("\"");
        String line = quoted ? first.substring(1) : first;
        if (line.regionMatches(true, 0, "sep=", 0, 4) && line.length() > 4 && isEnd(line, quoted)) {
            reader.readLine();
            return new CsvStart(line.charAt(4), skipped + 1, reader);
        }
        char configured = format.separator();
        return new CsvStart(configured == FIND ? separatorOf(header(reader)) : configured, skipped, reader);
    }

    /** Whether a line says what the text is, and names no columns. */
    private static boolean isOfProgram(String start) {
        return start.startsWith("#TYPE ") || start.startsWith("version:v1.0");
    }

    private static boolean isEnd(String line, boolean quoted) {
        String rest = line.substring(5);
        String end = quoted ? rest.startsWith("\"") ? rest.substring(1) : "?" : rest;
        return end.isEmpty() || end.charAt(0) == '\n';
    }

    private static String header(BufferedReader reader) throws IOException {
        return peek(reader, HEADER / 2)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }

    private static String peek(BufferedReader reader, int length) throws IOException {
        reader.mark(length);
        char[] start = new char[length];
        int count = 0;
        int read = 0;
        while (count < length && read >= 0) {
            read = reader.read(start, count, length - count);
            count += Math.max(0, read);
        }
        reader.reset();
        return new String(start, 0, count);
    }

    /** {@return the separator that a header has most of outside of quotes; a comma if it has none} */
    static char separatorOf(String header) {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            quoted ^= c == '"';
            int which = quoted ? -1 : SEPARATORS.indexOf(c);
            if (which >= 0) {
                counts[which]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return SEPARATORS.charAt(best);
    }

    /** {@return a separator as it is written in the configuration} */
    static String name(char separator) {
        return separator == '\t' ? "tab" : "'" + separator + "'";
    }
}
