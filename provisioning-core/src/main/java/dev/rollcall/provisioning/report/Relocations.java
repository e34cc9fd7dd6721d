package dev.rollcall.provisioning.report;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
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
            taken.add(change.newDn().get().toNormalizedString());
            left.put(change.dn().toNormalizedString(), at);
        } else if (change.kind() == ChangeKind.DELETE) {
            left.put(change.dn().toNormalizedString(), at);
        }
    }

    /** {@return whether one of the values is a DN that somebody gives up or takes} */
    boolean concern(List<ASN1OctetString> values) {
        return !left.isEmpty() && values.stream().anyMatch(this::concerns);
    }

    private boolean concerns(ASN1OctetString value) {
        String text = value.stringValue();
        try {
            String dn = DN.normalize(text);
            return left.containsKey(dn) || taken.contains(dn);
        } catch (LDAPException notADn) {
            return false; // a value of another kind
        }
    }

    /** {@return whether the entry there is elsewhere, or gone, some time after the change of this number} */
    boolean isLeftAfter(int at, DN dn) {
        return left.getOrDefault(dn.toNormalizedString(), -1) > at;
    }
}
