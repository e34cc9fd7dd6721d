package dev.rollcall.provisioning.report;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import dev.rollcall.provisioning.internal.directory.DnForm;
import dev.rollcall.provisioning.plan.ChangeKind;
import dev.rollcall.provisioning.plan.DirectoryChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The DNs that a plan's renames, moves and deletions give up and take. Where a server keeps referential integrity,
 * values that name them change by themselves. Not thread-safe: for one thread at a time.
 */
final class Relocations {
    /** By DN, the number of the last change that gives it up. */
    private final Map<String, Integer> left = new HashMap<>();

    private final Set<String> taken = new HashSet<>();

    /** Takes note of a change; {@code at} counts them in the order of the plan. */
    void see(int at, DirectoryChange change) {
        if (change.newDn().isPresent()) {
            taken.add(DnForm.of(change.newDn().get()));
            left.put(DnForm.of(change.dn()), at);
        } else if (change.kind() == ChangeKind.DELETE) {
            left.put(DnForm.of(change.dn()), at);
        }
    }

    /** {@return whether one of the values is a DN that somebody gives up or takes} */
    boolean concern(List<ASN1OctetString> values) {
        return !left.isEmpty() && values.stream().anyMatch(this::concerns);
    }

    private boolean concerns(ASN1OctetString value) {
        String dn = DnForm.of(value.stringValue());
        return left.containsKey(dn) || taken.contains(dn);
    }

    /** {@return whether the entry there is elsewhere, or gone, some time after the change of this number} */
    boolean isLeftAfter(int at, DN dn) {
        return left.getOrDefault(DnForm.of(dn), -1) > at;
    }
}
