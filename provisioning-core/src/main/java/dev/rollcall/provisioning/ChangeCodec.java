package dev.rollcall.provisioning;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes as bytes, to be spooled and to be hashed. Immutable and thread-safe. */
final class ChangeCodec {
    private static final int ABSENT = -1;

    private ChangeCodec() {}

    static byte[] encode(DirectoryChange change) {
        return encode(change, true);
    }

    /** What a change does, without where its values come from: what the hash of a plan is made of. */
    static byte[] essence(DirectoryChange change) {
        return encode(change, false);
    }

    private static byte[] encode(DirectoryChange change, boolean reasons) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            DirectoryChange.Draft draft = change.toDraft();
            text(out, draft.kind.name());
            text(out, draft.key);
            text(out, draft.dn.toString());
            text(out, draft.id);
            text(out, draft.newDn == null ? null : draft.newDn.toString());
            text(out, draft.group == null ? null : draft.group.toString());
            text(out, draft.stage.name());
            text(out, draft.situation.name());
            out.writeByte((draft.leaver ? 1 : 0) | (draft.waits ? 2 : 0) | (draft.temporary ? 4 : 0));
            text(out, draft.fingerprint);
            out.writeInt(draft.missingParents.size());
            for (DN parent : draft.missingParents) {
                text(out, parent.toString());
            }
            out.writeInt(draft.attributes.size());
            for (AttributeChange attribute : draft.attributes) {
                text(out, attribute.name());
                values(out, attribute.before());
                values(out, attribute.after());
                text(out, reasons ? attribute.because() : null);
                text(out, attribute.reference().orElse(null));
                out.writeBoolean(attribute.referenceIsNew());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static DirectoryChange decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            ChangeKind kind = ChangeKind.valueOf(required(in));
            DirectoryChange.Draft draft = new DirectoryChange.Draft(kind, required(in), new DN(required(in)));
            draft.id = text(in);
            draft.newDn = dn(text(in));
            draft.group = dn(text(in));
            draft.stage = DirectoryChange.Stage.valueOf(required(in));
            draft.situation = Situation.valueOf(required(in));
            int flags = in.readByte();
            draft.leaver = (flags & 1) != 0;
            draft.waits = (flags & 2) != 0;
            draft.temporary = (flags & 4) != 0;
            draft.fingerprint = required(in);
            int parents = in.readInt();
            List<DN> missing = new ArrayList<>(parents);
            for (int i = 0; i < parents; i++) {
                missing.add(new DN(required(in)));
            }
            draft.missingParents = missing;
            int count = in.readInt();
            List<AttributeChange> attributes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                attributes.add(attribute(in));
            }
            draft.attributes = attributes;
            return draft.build();
        } catch (IOException | LDAPException broken) {
            throw new IllegalStateException("a spooled change cannot be read back", broken);
        }
    }

    private static AttributeChange attribute(DataInputStream in) throws IOException {
        String name = required(in);
        List<ASN1OctetString> before = values(in);
        List<ASN1OctetString> after = values(in);
        String because = required(in);
        String reference = text(in);
        boolean isNew = in.readBoolean();
        return reference == null
                ? AttributeChange.of(name, before, after, because)
                : AttributeChange.reference(name, before, after, because, reference, isNew);
    }

    private static @Nullable DN dn(@Nullable String text) throws LDAPException {
        return text == null ? null : new DN(text);
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
        } else {
            bytes(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void values(DataOutputStream out, List<ASN1OctetString> values) throws IOException {
        out.writeInt(values.size());
        for (ASN1OctetString value : values) {
            bytes(out, value.getValue());
        }
    }

    private static List<ASN1OctetString> values(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<ASN1OctetString> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(new ASN1OctetString(in.readNBytes(in.readInt())));
        }
        return values;
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String required(DataInputStream in) throws IOException {
        String text = text(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }
}
