package dev.rollcall.rest.internal.decoding;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as characters. A byte order mark counts more than the charset that was named, and is left out. Bytes that
 * are no characters fail with their line, after everything before them was read. Not thread-safe: for one thread at a time.
 */
final class BodyReader extends Reader {
    private static final int BUFFER = 8192;
    private static final int LONGEST_MARK = 3;

    private final InputStream body;
    private final Charset charset;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private long line = 1;
    private boolean ended;
    private boolean flushed;
    private @Nullable WrongCharset wrong;

    private BodyReader(InputStream body, Charset charset) {
        this.body = body;
        this.charset = charset;
        this.decoder = charset.newDecoder();
    }

    /** {@return a reader of a body that is in {@code charset} if no byte order mark says otherwise} */
    static BodyReader of(InputStream body, Charset charset) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(body, LONGEST_MARK);
        byte[] first = peeked.readNBytes(LONGEST_MARK);
        int mark = 0;
        Charset found = charset;
        if (begins(first, 0xef, 0xbb, 0xbf)) {
            mark = 3;
            found = StandardCharsets.UTF_8;
        } else if (begins(first, 0xfe, 0xff)) {
            mark = 2;
            found = StandardCharsets.UTF_16BE;
        } else if (begins(first, 0xff, 0xfe)) {
            mark = 2;
            found = StandardCharsets.UTF_16LE;
        }
        peeked.unread(first, mark, first.length - mark);
        return new BodyReader(peeked, found);
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (!decode()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    /** {@return whether there may be more} */
    private boolean decode() throws IOException {
        if (wrong != null) {
            throw wrong;
        }
        if (flushed) {
            return false;
        }
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, ended);
        if (result.isError()) {
            wrong = new WrongCharset(line + lines(), bytes.get(bytes.position()), charset);
        } else if (result.isUnderflow() && ended) {
            flushed = true;
            decoder.flush(chars);
        } else if (result.isUnderflow()) {
            fill();
        }
        line += lines();
        chars.flip();
        return true;
    }

    /** Lines that end in what was decoded last. */
    private long lines() {
        long count = 0;
        for (int i = 0; i < chars.position(); i++) {
            count += chars.get(i) == '\n' ? 1 : 0;
        }
        return count;
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = body.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = count < 0;
        bytes.position(bytes.position() + Math.max(0, count));
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    /** A body has bytes that are no characters of its charset. */
    private static final class WrongCharset extends CharacterCodingException {
        private static final long serialVersionUID = 1L;

        private final String message;

        WrongCharset(long line, byte first, Charset charset) {
            this.message = String.format(
                    Locale.ROOT, "line %d has the byte 0x%02X, which is not %s", line, first & 0xff, charset.name());
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
