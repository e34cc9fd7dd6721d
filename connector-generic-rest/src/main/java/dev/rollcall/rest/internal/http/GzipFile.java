package dev.rollcall.rest.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** Files that are packed with gzip (RFC 1952), known by the number that they begin with. Thread-safe. */
final class GzipFile {
    private static final int BUFFER = 16 << 10;

    private GzipFile() {}

    /** {@return the content of a file that may be packed} */
    static InputStream unpacked(InputStream file) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(file, 2);
        byte[] first = peeked.readNBytes(2);
        peeked.unread(first);
        boolean packed = first.length == 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b;
        return packed ? new GZIPInputStream(peeked, BUFFER) : peeked;
    }
}
