package dev.rollcall.provisioning;

import com.unboundid.asn1.ASN1OctetString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an {@link ItemWriter} wrote, in the same order. Not thread-safe: for one thread at a time. */
final class ItemReader {
    private final ByteBuffer in;

    ItemReader(byte[] item) {
        this.in = ByteBuffer.wrap(item);
    }

    int octet() {
        return in.get();
    }

    boolean flag() {
        return in.get() != 0;
    }

    int number() {
        return in.getInt();
    }

    byte[] bytes() {
        byte[] value = new byte[in.getInt()];
        in.get(value);
        return value;
    }

    @Nullable
    String textOrNull() {
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

    String text() {
        String text = textOrNull();
        if (text == null) {
            throw new IllegalStateException("a text is missing in a spooled item");
        }
        return text;
    }

    List<String> texts() {
        int count = number();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    List<ASN1OctetString> values() {
        int count = number();
        List<ASN1OctetString> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(new ASN1OctetString(bytes()));
        }
        return values;
    }
}
