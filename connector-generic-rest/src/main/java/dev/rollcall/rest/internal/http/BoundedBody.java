package dev.rollcall.rest.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Stops an unpacked body that is too large, or far larger than what was sent. Not thread-safe: for one thread at a time. */
final class BoundedBody extends FilterInputStream {
    /** The body is larger than we allow. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }

    private final long maxBytes;
    private final LongSupplier sent;
    private long count;

    BoundedBody(InputStream unpacked, long maxBytes, LongSupplier sent) {
        super(unpacked);
        this.maxBytes = maxBytes;
        this.sent = sent;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) throws TooLarge {
        count += read;
        if (count > maxBytes) {
            throw new TooLarge("the body is larger than " + maxBytes + " bytes");
        }
        if (count > ResponseLimits.RATIO_FROM_BYTES && count / ResponseLimits.MAX_RATIO > sent.getAsLong()) {
            throw new TooLarge("the body unpacks to more than " + ResponseLimits.MAX_RATIO + " times what was sent");
        }
    }
}
