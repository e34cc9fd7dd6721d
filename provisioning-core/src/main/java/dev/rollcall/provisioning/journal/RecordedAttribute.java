package dev.rollcall.provisioning.journal;

import com.unboundid.asn1.ASN1OctetString;
import java.util.List;
import java.util.Objects;

/**
 * One attribute of a recorded change, before and after. Immutable and thread-safe.
 *
 * @param name the attribute
 * @param before the values that the entry had; empty if none
 * @param after the values that it was to have; empty if none
 * @param fingerprints whether both lists hold salted fingerprints in place of values that nobody may see: they tell
 *     whether a value is the same, and cannot be written back
 */
public record RecordedAttribute(
        String name, List<ASN1OctetString> before, List<ASN1OctetString> after, boolean fingerprints) {
    /** All are required. */
    public RecordedAttribute {
        Objects.requireNonNull(name, "name");
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
