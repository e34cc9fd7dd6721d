package dev.rollcall.provisioning;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.connector.Account;
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
import org.jspecify.annotations.Nullable;

/** Accounts and their changes as bytes: what is spooled, and what the hash of a plan is made of. Immutable and thread-safe. */
final class AccountCodec {
    private static final int ABSENT = -1;

    private AccountCodec() {}

    static byte[] encode(Account account) {
        return bytes(out -> {
            text(out, account.id());
            text(out, account.label());
            text(out, account.version().orElse(null));
            out.writeBoolean(account.isActive());
            out.writeInt(account.attributes().size());
            for (Map.Entry<String, List<String>> attribute :
                    account.attributes().entrySet()) {
                text(out, attribute.getKey());
                texts(out, attribute.getValue());
            }
        });
    }

    static Account account(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String id = required(in);
            String label = required(in);
            String version = text(in);
            boolean active = in.readBoolean();
            Map<String, List<String>> attributes = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                attributes.put(required(in), texts(in));
            }
            return Account.of(id, label, active, attributes).version(version);
        } catch (IOException broken) {
            throw new IllegalStateException("a spooled account cannot be read back", broken);
        }
    }

    static byte[] encode(AccountChange change) {
        AccountChange.Draft draft = change.toDraft();
        return bytes(out -> {
            text(out, draft.kind.name());
            text(out, draft.key);
            text(out, draft.situation.name());
            text(out, draft.label);
            text(out, draft.id);
            text(out, draft.version);
            out.writeByte((draft.active ? 1 : 0) | (draft.leaver ? 2 : 0) | (draft.replaces ? 4 : 0));
            out.writeInt(draft.attributes.size());
            for (AttributeChange attribute : draft.attributes) {
                text(out, attribute.name());
                texts(out, strings(attribute.before()));
                texts(out, strings(attribute.after()));
                text(out, attribute.because());
            }
        });
    }

    static AccountChange change(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            ChangeKind kind = ChangeKind.valueOf(required(in));
            String key = required(in);
            AccountChange.Draft draft = new AccountChange.Draft(kind, key, Situation.valueOf(required(in)));
            draft.label = required(in);
            draft.id = text(in);
            draft.version = text(in);
            int flags = in.readByte();
            draft.active = (flags & 1) != 0;
            draft.leaver = (flags & 2) != 0;
            draft.replaces = (flags & 4) != 0;
            List<AttributeChange> attributes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                attributes.add(AttributeChange.of(required(in), octets(texts(in)), octets(texts(in)), required(in)));
            }
            draft.attributes = attributes;
            return draft.build();
        } catch (IOException broken) {
            throw new IllegalStateException("a spooled change cannot be read back", broken);
        }
    }

    static List<String> strings(List<ASN1OctetString> values) {
        return values.stream().map(ASN1OctetString::stringValue).toList();
    }

    static List<ASN1OctetString> octets(List<String> values) {
        return values.stream().map(ASN1OctetString::new).toList();
    }

    /** Writes to a stream in memory. */
    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            body.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(required(in));
        }
        return texts;
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
