package dev.rollcall.provisioning;

import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** User records as bytes, column names as numbers. Not thread-safe: for one thread at a time, but for decoding. */
final class RecordCodec {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    byte[] encode(UserRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, record.origin());
            out.writeBoolean(record.fault().isPresent());
            text(out, record.fault().orElse(""));
            write(out, record.fields());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    UserRecord decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String origin = text(in);
            boolean faulty = in.readBoolean();
            String fault = text(in);
            UserRecord record = UserRecord.of((Value.Fields) read(in)).from(origin);
            return faulty ? record.faulty(fault) : record;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void write(DataOutputStream out, Value value) throws IOException {
        if (value instanceof Value.Null) {
            out.writeByte('n');
        } else if (value instanceof Value.Absent) {
            out.writeByte('a');
        } else if (value instanceof Value.Unknown unknown) {
            out.writeByte('u');
            text(out, unknown.reason());
        } else if (value instanceof Value.Text text) {
            out.writeByte('t');
            text(out, text.value());
        } else if (value instanceof Value.Num number) {
            out.writeByte('d');
            text(out, number.literal());
        } else if (value instanceof Value.Bool bool) {
            out.writeByte(bool.value() ? '1' : '0');
        } else if (value instanceof Value.Bytes binary) {
            out.writeByte('b');
            byte[] content = binary.content();
            out.writeInt(content.length);
            out.write(content);
        } else if (value instanceof Value.Items items) {
            out.writeByte('l');
            out.writeInt(items.items().size());
            for (Value item : items.items()) {
                write(out, item);
            }
        } else if (value instanceof Value.Fields fields) {
            out.writeByte('o');
            out.writeInt(fields.asMap().size());
            for (Map.Entry<String, Value> field : fields.asMap().entrySet()) {
                out.writeInt(number(field.getKey()));
                write(out, field.getValue());
            }
        } else {
            // A secret is never part of a user record, and least of all of a file.
            throw new IllegalArgumentException("a user record cannot hold " + value);
        }
    }

    private Value read(DataInputStream in) throws IOException {
        int tag = in.readByte();
        return switch (tag) {
            case 'n' -> Value.ofNull();
            case 'a' -> Value.absent();
            case 'u' -> Value.unknown(text(in));
            case 't' -> Value.of(text(in));
            case 'd' -> new Value.Num(text(in));
            case '1' -> Value.of(true);
            case '0' -> Value.of(false);
            case 'b' -> new Value.Bytes(in.readNBytes(in.readInt()));
            case 'l' -> {
                int count = in.readInt();
                List<Value> items = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    items.add(read(in));
                }
                yield Value.of(items);
            }
            case 'o' -> {
                int count = in.readInt();
                LinkedHashMap<String, Value> fields = new LinkedHashMap<>(count * 2);
                for (int i = 0; i < count; i++) {
                    String name = names.get(in.readInt());
                    fields.put(name, read(in));
                }
                yield Value.of(fields);
            }
            default -> throw new IOException("a spooled record cannot be read back");
        };
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unknown -> {
            names.add(unknown);
            return names.size() - 1;
        });
    }

    /** UTF-8 has no half characters (lone surrogates): who has one shall be refused later, not changed here. */
    private static void text(DataOutputStream out, String text) throws IOException {
        if (hasHalves(text)) {
            out.writeInt(-text.length());
            out.writeChars(text);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
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
