package dev.rollcall.rest.internal.decoding;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Leaves out the mark with which some programs begin UTF-8. Not thread-safe: for one thread at a time. */
final class ByteOrderMark extends FilterInputStream {
    private boolean begun;

    ByteOrderMark(InputStream source) {
        super(new PushbackInputStream(source, 3));
    }

    @Override
    public int read() throws IOException {
        begin();
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        begin();
        return super.read(target, offset, length);
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        byte[] first = in.readNBytes(3);
        boolean mark =
                first.length == 3 && first[0] == (byte) 0xef && first[1] == (byte) 0xbb && first[2] == (byte) 0xbf;
        if (!mark) {
            ((PushbackInputStream) in).unread(first);
        }
    }
}
