package dev.rollcall.provisioning.internal.plan;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import dev.rollcall.provisioning.directory.AccountState;
import dev.rollcall.provisioning.internal.spool.ItemReader;
import dev.rollcall.provisioning.internal.spool.ItemWriter;
import dev.rollcall.provisioning.plan.AttributeChange;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import dev.rollcall.provisioning.plan.EntryReference;
import dev.rollcall.provisioning.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes as bytes, to be spooled and to be hashed. Immutable and thread-safe. */
public final class ChangeCodec {
    private ChangeCodec() {}

    public static byte[] encode(DirectoryChange change) {
        return encode(change, true);
    }

    /** What a change does, without where its values come from: what the hash of a plan is made of. */
    static byte[] essence(DirectoryChange change) {
        return encode(change, false);
    }

    private static byte[] encode(DirectoryChange change, boolean reasons) {
        AccountState state = change.state().orElse(null);
        ItemWriter out = new ItemWriter()
                .text(change.kind().name())
                .text(change.key())
                .text(change.dn().toString())
                .text(change.id().orElse(null))
                .text(change.newDn().map(DN::toString).orElse(null))
                .text(change.group().map(DN::toString).orElse(null))
                .text(change.stage().name())
                .text(change.situation().name())
                .octet((change.isLeaver() ? 1 : 0)
                        | (change.waits() ? 2 : 0)
                        | (change.isTemporary() ? 4 : 0)
                        | (state == AccountState.ENABLED ? 8 : 0)
                        | (state == AccountState.DISABLED ? 16 : 0))
                .text(change.fingerprint())
                .number(change.missingParents().size());
        for (DN parent : change.missingParents()) {
            out.text(parent.toString());
        }
        out.number(change.attributes().size());
        for (AttributeChange attribute : change.attributes()) {
            out.text(attribute.name())
                    .values(attribute.before())
                    .values(attribute.after())
                    .text(reasons ? attribute.because() : null)
                    .flag(attribute.isSensitive())
                    .number(attribute.references().size());
            for (EntryReference reference : attribute.references()) {
                out.text(reference.key()).text(reference.dn()).flag(reference.isNew());
            }
        }
        return out.item();
    }

    public static DirectoryChange decode(byte[] bytes) {
        ItemReader in = new ItemReader(bytes);
        try {
            ChangeKind kind = ChangeKind.valueOf(in.text());
            DirectoryChange.Builder draft = DirectoryChange.builder(kind, in.text(), new DN(in.text()));
            draft.id(in.textOrNull());
            draft.newDn(dn(in.textOrNull()));
            draft.group(dn(in.textOrNull()));
            draft.stage(DirectoryChange.Stage.valueOf(in.text()));
            draft.situation(Situation.valueOf(in.text()));
            int flags = in.octet();
            draft.leaver((flags & 1) != 0);
            draft.waits((flags & 2) != 0);
            draft.temporary((flags & 4) != 0);
            draft.state((flags & 8) != 0 ? AccountState.ENABLED : (flags & 16) != 0 ? AccountState.DISABLED : null);
            draft.fingerprint(in.text());
            int parents = in.number();
            List<DN> missing = new ArrayList<>(parents);
            for (int i = 0; i < parents; i++) {
                missing.add(new DN(in.text()));
            }
            draft.missingParents(missing);
            int count = in.number();
            List<AttributeChange> attributes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                attributes.add(attribute(in));
            }
            draft.attributes(attributes);
            return draft.build();
        } catch (LDAPException broken) {
            throw new IllegalStateException("a spooled change cannot be read back", broken);
        }
    }

    private static AttributeChange attribute(ItemReader in) {
        String name = in.text();
        List<ASN1OctetString> before = in.values();
        List<ASN1OctetString> after = in.values();
        String because = in.text();
        boolean sensitive = in.flag();
        int count = in.number();
        List<EntryReference> references = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            references.add(new EntryReference(in.text(), in.text(), in.flag()));
        }
        AttributeChange change = references.isEmpty()
                ? AttributeChange.of(name, before, after, because)
                : AttributeChange.references(name, before, references, because);
        return change.sensitive(sensitive);
    }

    private static @Nullable DN dn(@Nullable String text) throws LDAPException {
        return text == null ? null : new DN(text);
    }
}
