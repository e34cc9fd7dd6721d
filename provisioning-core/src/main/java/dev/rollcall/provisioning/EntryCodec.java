package dev.rollcall.provisioning;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Entries as bytes, attribute names as numbers. Not thread-safe: for one thread at a time, but for decoding. */
final class EntryCodec {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    byte[] encode(ReadOnlyEntry entry) {
        return encode(entry, entry.getAttributes());
    }

    /** Without all but the attributes of these names, which are in lower case. */
    byte[] encode(ReadOnlyEntry entry, Set<String> names) {
        List<Attribute> kept = new ArrayList<>(names.size());
        for (Attribute attribute : entry.getAttributes()) {
            if (names.contains(attribute.getName().toLowerCase(Locale.ROOT))) {
                kept.add(attribute);
            }
        }
        return encode(entry, kept);
    }

    private byte[] encode(ReadOnlyEntry entry, Collection<Attribute> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, entry.getDN().getBytes(StandardCharsets.UTF_8));
            out.writeShort(attributes.size());
            for (Attribute attribute : attributes) {
                out.writeShort(number(attribute.getName()));
                byte[][] values = attribute.getValueByteArrays();
                out.writeInt(values.length);
                for (byte[] value : values) {
                    write(out, value);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    ReadOnlyEntry decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String dn = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            Attribute[] attributes = new Attribute[in.readShort()];
            for (int i = 0; i < attributes.length; i++) {
                String name = names.get(in.readShort());
                byte[][] values = new byte[in.readInt()][];
                for (int v = 0; v < values.length; v++) {
                    values[v] = in.readNBytes(in.readInt());
                }
                attributes[i] = new Attribute(name, values);
            }
            return new ReadOnlyEntry(dn, attributes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unknown -> {
            names.add(unknown);
            return names.size() - 1;
        });
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
