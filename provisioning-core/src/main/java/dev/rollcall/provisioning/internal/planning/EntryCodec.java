package dev.rollcall.provisioning.internal.planning;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
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
        ItemWriter out = new ItemWriter().text(entry.getDN()).number(attributes.size());
        for (Attribute attribute : attributes) {
            out.number(number(attribute.getName()));
            byte[][] values = attribute.getValueByteArrays();
            out.number(values.length);
            for (byte[] value : values) {
                out.bytes(value);
            }
        }
        return out.item();
    }

    ReadOnlyEntry decode(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        String dn = in.text();
        Attribute[] attributes = new Attribute[in.number()];
        for (int i = 0; i < attributes.length; i++) {
            String name = names.get(in.number());
            byte[][] values = new byte[in.number()][];
            for (int v = 0; v < values.length; v++) {
                values[v] = in.bytes();
            }
            attributes[i] = new Attribute(name, values);
        }
        return new ReadOnlyEntry(dn, attributes);
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unknown -> {
            names.add(unknown);
            return names.size() - 1;
        });
    }
}
