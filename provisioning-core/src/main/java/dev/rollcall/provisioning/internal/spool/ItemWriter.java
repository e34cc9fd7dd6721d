package dev.rollcall.provisioning.internal.spool;

import com.unboundid.asn1.ASN1OctetString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one item of a {@link Spool}, to be read back by an {@link ItemReader}. Not a DataOutputStream, which
 * takes a lock for each byte: every record and every entry of a run goes through here. Not thread-safe: for one thread
 * at a time.
 */
public final class ItemWriter {
    static final int ABSENT = -1;

    private ByteBuffer out = ByteBuffer.allocate(512);

    public ItemWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    public ItemWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    public ItemWriter number(int value) {
        room(4).putInt(value);
        return this;
    }

    public ItemWriter bytes(byte[] value) {
        room(4 + value.length).putInt(value.length).put(value);
        return this;
    }

    /** UTF-8 has no half characters (lone surrogates): who has one shall be refused later, not changed here. */
    public ItemWriter text(@Nullable String value) {
        if (value == null) {
            return number(ABSENT);
        } else if (hasHalves(value)) {
            room(4 + 2 * value.length()).putInt(ABSENT - value.length());
            for (int i = 0; i < value.length(); i++) {
                out.putChar(value.charAt(i));
            }
            return this;
        }
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public ItemWriter texts(List<String> values) {
        number(values.size());
        for (String value : values) {
            text(value);
        }
        return this;
    }

    public ItemWriter values(List<ASN1OctetString> values) {
        number(values.size());
        for (ASN1OctetString value : values) {
            bytes(value.getValue());
        }
        return this;
    }

    /** {@return what was written} */
    public byte[] item() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int length) {
        if (out.remaining() < length) {
            int size = Math.max(out.position() + length, 2 * out.capacity());
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), size)).position(out.position());
        }
        return out;
    }

    private static boolean hasHalves(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            }
        }
        return false;
    }
}
