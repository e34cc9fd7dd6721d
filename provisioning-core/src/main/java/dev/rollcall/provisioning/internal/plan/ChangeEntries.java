package dev.rollcall.provisioning.internal.plan;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.internal.directory.WireNames;
import dev.rollcall.provisioning.plan.Change;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which entry a change is about, and which entries its values name. Immutable and thread-safe. */
public final class ChangeEntries {
    private ChangeEntries() {}

    /** What changes of one entry have in common. */
    public static String of(Change change) {
        return change.id().orElseGet(() -> "key:" + change.key());
    }

    /** DNs, each by another one if there is one for it; {@code by} finds it by the {@link DnForm form} of a DN, or null. */
    public static List<ASN1OctetString> mapped(List<ASN1OctetString> values, Function<String, @Nullable DN> by) {
        return values.stream()
                .map(value -> {
                    DN other = by.apply(DnForm.of(value.stringValue()));
                    return other == null ? value : new ASN1OctetString(WireNames.of(other));
                })
                .toList();
    }
}
