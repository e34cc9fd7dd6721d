package dev.rollcall.state.jdbc;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.journal.RecordedAttribute;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The attributes of a change as one value of a table: a version (1), the number of attributes, and for each its name, whether
 * its values are fingerprints, the values before and the values after. A name or value is its length in bytes and the bytes.
 * Stateless, and thus thread-safe.
 */
final class StoredAttributes {
    private static final int VERSION = 1;

    private StoredAttributes() {}

    static byte[] bytes(List<RecordedAttribute> attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(attributes.size());
            for (RecordedAttribute each : attributes) {
                write(out, each.name().getBytes(StandardCharsets.UTF_8));
                out.writeBoolean(each.fingerprints());
                write(out, each.before());
                write(out, each.after());
            }
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, List<ASN1OctetString> values) throws IOException {
        out.writeInt(values.size());
        for (ASN1OctetString value : values) {
            write(out, value.getValue());
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws IOException if these bytes are not what {@link #bytes} made */
    static List<RecordedAttribute> read(byte[] bytes) throws IOException {
        ByteArrayInputStream given = new ByteArrayInputStream(bytes);
        DataInputStream in = new DataInputStream(given);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("attributes are of version " + version + ", and this is " + VERSION);
        }
        int count = size(in, given);
        List<RecordedAttribute> attributes = new ArrayList<>(count);
        for (int each = 0; each < count; each++) {
            String name = new String(value(in, given), StandardCharsets.UTF_8);
            boolean fingerprints = in.readBoolean();
            List<ASN1OctetString> before = values(in, given);
            attributes.add(new RecordedAttribute(name, before, values(in, given), fingerprints));
        }
        return attributes;
    }

    private static List<ASN1OctetString> values(DataInputStream in, ByteArrayInputStream given) throws IOException {
        int count = size(in, given);
        List<ASN1OctetString> values = new ArrayList<>(count);
        for (int each = 0; each < count; each++) {
            values.add(new ASN1OctetString(value(in, given)));
        }
        return values;
    }

    private static byte[] value(DataInputStream in, ByteArrayInputStream given) throws IOException {
        byte[] value = new byte[size(in, given)];
        in.readFully(value);
        return value;
    }

    /** A size that cannot be true of what is left is a damage, and no reason to ask for memory. */
    private static int size(DataInputStream in, ByteArrayInputStream given) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > given.available()) {
            throw new IOException(
                    "attributes are damaged: a size of " + size + " with " + given.available() + " bytes left");
        }
        return size;
    }
}
