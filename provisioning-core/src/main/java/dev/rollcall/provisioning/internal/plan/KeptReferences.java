package dev.rollcall.provisioning.internal.plan;

import com.unboundid.asn1.ASN1OctetString;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.plan.EntryReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The present values of an attribute while one of the keys that it shall refer to leads to nothing: one of them may be that
 * entry, so that values are added and none is removed. Stateless, and thus thread-safe.
 */
public final class KeptReferences {
    private KeptReferences() {}

    /** {@return the references, and besides them each present value that is none of theirs} */
    public static List<EntryReference> beside(List<EntryReference> references, Collection<ASN1OctetString> present) {
        List<EntryReference> all = new ArrayList<>(references);
        Set<String> known = new HashSet<>();
        references.forEach(reference -> known.add(DnForm.of(reference.dn())));
        for (ASN1OctetString value : present) {
            if (known.add(DnForm.of(value.stringValue()))) {
                all.add(EntryReference.kept(value.stringValue()));
            }
        }
        return all;
    }
}
