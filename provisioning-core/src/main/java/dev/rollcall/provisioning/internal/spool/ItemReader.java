package dev.rollcall.provisioning.internal.spool;

import com.unboundid.asn1.ASN1OctetString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an {@link ItemWriter} wrote, in the same order. Not thread-safe: for one thread at a time. */
public final class ItemReader {
    private final ByteBuffer in;

    public ItemReader(byte[] item) {
        this(item, 0);
    }

    /** Reads what begins at this place of an array. */
    ItemReader(byte[] items, int start) {
        this.in = ByteBuffer.wrap(items).position(start);
    }

    public int octet() {
        return in.get();
    }

    public boolean flag() {
        return in.get() != 0;
    }

    public int number() {
        return in.getInt();
    }

    public byte[] bytes() {
        byte[] value = new byte[in.getInt()];
        in.get(value);
        return value;
    }

    public @Nullable String textOrNull() {
        int length = in.getInt();
        if (length >= 0) {
            String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
            in.position(in.position() + length);
            return text;
        } else if (length == ItemWriter.ABSENT) {
            return null;
        }
        char[] text = new char[ItemWriter.ABSENT - length];
        for (int i = 0; i < text.length; i++) {
            text[i] = in.getChar();
        }
        return new String(text);
    }

    public String text() {
        String text = textOrNull();
        if (text == null) {
            throw new IllegalStateException("a text is missing in a spooled item");
        }
        return text;
    }

    public List<String> texts() {
        int count = number();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    public List<ASN1OctetString> values() {
        int count = number();
        List<ASN1OctetString> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(new ASN1OctetString(bytes()));
        }
        return values;
    }
}
