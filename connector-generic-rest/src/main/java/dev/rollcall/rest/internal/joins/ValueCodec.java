package dev.rollcall.rest.internal.joins;

import dev.rollcall.connector.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as bytes and back, for what waits outside of the heap's objects. Every kind of nothing stays what it was. */
final class ValueCodec {
    private static final int ABSENT = 0;
    private static final int NULL = 1;
    private static final int UNKNOWN = 2;
    private static final int TEXT = 3;
    private static final int NUMBER = 4;
    private static final int TRUE = 5;
    private static final int FALSE = 6;
    private static final int ITEMS = 7;
    private static final int FIELDS = 8;
    private static final int BYTES = 9;

    private ValueCodec() {}

    static byte[] encode(Value value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Value decode(byte[] bytes) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Value value, DataOutputStream out) throws IOException {
        if (value instanceof Value.Text text) {
            tagged(TEXT, text.value(), out);
        } else if (value instanceof Value.Num number) {
            tagged(NUMBER, number.literal(), out);
        } else if (value instanceof Value.Bool flag) {
            out.writeByte(flag.value() ? TRUE : FALSE);
        } else if (value instanceof Value.Fields fields) {
            out.writeByte(FIELDS);
            out.writeInt(fields.asMap().size());
            for (Map.Entry<String, Value> field : fields.asMap().entrySet()) {
                text(field.getKey(), out);
                write(field.getValue(), out);
            }
        } else if (value instanceof Value.Items items) {
            out.writeByte(ITEMS);
            out.writeInt(items.items().size());
            for (Value item : items.items()) {
                write(item, out);
            }
        } else if (value instanceof Value.Null) {
            out.writeByte(NULL);
        } else if (value instanceof Value.Unknown unknown) {
            tagged(UNKNOWN, unknown.reason(), out);
        } else if (value instanceof Value.Bytes bytes) {
            byte[] content = bytes.content();
            out.writeByte(BYTES);
            out.writeInt(content.length);
            out.write(content);
        } else if (value instanceof Value.Absent) {
            out.writeByte(ABSENT);
        } else {
            throw new IllegalArgumentException("a credential is in no user record");
        }
    }

    private static void tagged(int tag, String text, DataOutputStream out) throws IOException {
        out.writeByte(tag);
        text(text, out);
    }

    /** UTF-8 has no half characters (lone surrogates): who has one shall be refused later, not changed here. */
    private static void text(String text, DataOutputStream out) throws IOException {
        if (hasHalves(text)) {
            out.writeInt(-text.length());
            out.writeChars(text);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static Value read(DataInputStream in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case ABSENT -> Value.absent();
            case NULL -> Value.ofNull();
            case UNKNOWN -> new Value.Unknown(text(in));
            case TEXT -> Value.of(text(in));
            case NUMBER -> new Value.Num(text(in));
            case TRUE -> Value.of(true);
            case FALSE -> Value.of(false);
            case ITEMS -> {
                int size = in.readInt();
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    items.add(read(in));
                }
                yield Value.of(items);
            }
            case FIELDS -> {
                int size = in.readInt();
                Map<String, Value> fields = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    String name = text(in);
                    fields.put(name, read(in));
                }
                yield Value.of(fields);
            }
            case BYTES -> new Value.Bytes(in.readNBytes(in.readInt()));
            default -> throw new IOException("no value begins with " + tag);
        };
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length >= 0) {
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        char[] text = new char[-length];
        for (int i = 0; i < text.length; i++) {
            text[i] = in.readChar();
        }
        return new String(text);
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
